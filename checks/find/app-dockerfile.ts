import { posix } from 'node:path';
import { Copy, DockerfileParser, type Instruction, JSONInstruction } from 'dockerfile-ast';
import { parse } from 'yaml';
import { z } from 'zod';
import type { World } from '../world.ts';
import { appPackages } from './app-packages.ts';

/** A place in a file: what stands there, and the line from 1. */
export interface Stands {
  text: string;
  line: number;
}

/** The server's Dockerfile, as Docker reads it. */
export interface AppDockerfile {
  /** Relative to the root package's folder. */
  file: string;
  /** What the build sees: the folder that compose names for this file, else the Dockerfile's own. */
  context: string;
  /** Each `FROM`: its image, or the name of the stage before that it goes on from. */
  stages: (Stands & { image: string; digest: string | null; fromStage: boolean })[];
  /** The last stage's `USER`, its `CMD` or `ENTRYPOINT` and whether that is written as a list, and its ports. */
  user: Stands | null;
  command: (Stands & { list: boolean }) | null;
  exposed: Stands[];
  /** Instructions of any stage that put a secret into the image: names in ENV and ARG, files in COPY and ADD. */
  secrets: Stands[];
  /** The lines of the .dockerignore that applies; null where there is none. */
  ignore: { file: string; lines: string[] } | null;
}

const build = z.union([z.string(), z.object({ context: z.string().default('.'), dockerfile: z.string().optional() })]);
const compose = z.object({ services: z.record(z.string(), z.object({ build: build.optional() })).default({}) });
const SECRET_NAME = /(SECRET|PASSWORD|TOKEN|PRIVATE_KEY|DATABASE_URL|API_KEY)/i;
const SECRET_FILE = /(^|\/)(\.env(\.(?!example)[\w.]+)?|\.dev\.vars|[\w-]+\.pem|id_rsa)$/;

/** The Dockerfile in the server's folder or the root's; null where there is none. */
export async function appDockerfile(world: World): Promise<AppDockerfile | null> {
  const { files } = world.app;
  const { server } = await appPackages(world);
  const candidates = [posix.join(server?.folder ?? '', 'Dockerfile'), 'Dockerfile'];
  for (const file of candidates) {
    const text = await files.read(file);
    if (text !== null) return read(file, text);
  }
  return null;

  async function read(file: string, text: string): Promise<AppDockerfile> {
    const dockerfile = DockerfileParser.parse(text);
    const context = await contextOf(file);
    const froms = dockerfile.getFROMs();
    const names = froms.map((from) => from.getBuildStage()).filter((name) => name !== null);
    const instructions = dockerfile.getInstructions();
    const lastFrom = froms.at(-1)?.getRange().start.line ?? 0;
    const last = instructions.filter((one) => one.getRange().start.line > lastFrom);
    const of = (list: Instruction[], ...keywords: string[]) =>
      list.filter((one) => keywords.includes(one.getKeyword()));
    const command = of(last, 'CMD').at(-1) ?? of(last, 'ENTRYPOINT').at(-1);
    const user = of(last, 'USER').at(-1);
    return {
      file,
      context,
      stages: froms.map((from) => ({
        ...stands(from),
        image: from.getImage() ?? '',
        digest: from.getImageDigest(),
        fromStage: names.includes(from.getImage() ?? ''),
      })),
      user: user ? stands(user) : null,
      command: command
        ? { ...stands(command), list: command instanceof JSONInstruction && command.getOpeningBracket() !== null }
        : null,
      exposed: of(last, 'EXPOSE').map(stands),
      secrets: instructions.filter(holdsSecret).map(stands),
      ignore: await ignoreOf(file, context),
    };
  }

  async function contextOf(file: string): Promise<string> {
    const folder = posix.dirname(file) === '.' ? '' : posix.dirname(file);
    const [path] = await files.list('{docker-compose,compose}.{yml,yaml}');
    if (path === undefined) return folder;
    const { services } = compose.parse(parse((await files.read(path)) ?? '') ?? {});
    const found = Object.values(services)
      .flatMap((one) => (one.build === undefined ? [] : [one.build]))
      .map((one) => (typeof one === 'string' ? { context: one, dockerfile: undefined } : one))
      .find((one) => posix.join(one.context, one.dockerfile ?? 'Dockerfile') === file);
    return found ? posix.join(found.context) : folder;
  }

  /** Docker prefers `Dockerfile.dockerignore` beside the Dockerfile over the context's own. */
  async function ignoreOf(file: string, context: string): Promise<AppDockerfile['ignore']> {
    for (const path of [`${file}.dockerignore`, posix.join(context, '.dockerignore')]) {
      const text = await files.read(path);
      if (text === null) continue;
      const lines = text.split('\n').map((line) => line.trim());
      return { file: path, lines: lines.filter((line) => line !== '' && !line.startsWith('#')) };
    }
    return null;
  }
}

function stands(instruction: Instruction): Stands {
  return { text: instruction.getRawArgumentsContent() ?? '', line: instruction.getRange().start.line + 1 };
}

function holdsSecret(instruction: Instruction): boolean {
  const keyword = instruction.getKeyword();
  const words = instruction.getArguments().map((argument) => argument.getValue());
  if (keyword === 'ENV' || keyword === 'ARG') {
    // `ARG NAME` without a value is asked for at build time, and then stands in the image's history.
    return words.some((word) => SECRET_NAME.test(word.split('=')[0] ?? ''));
  }
  return (
    (instruction instanceof Copy || keyword === 'ADD') && words.slice(0, -1).some((word) => SECRET_FILE.test(word))
  );
}
