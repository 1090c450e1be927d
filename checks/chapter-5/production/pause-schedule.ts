import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { type PauseSchedule, pauseSchedules } from '../../find/schedules.ts';
import { daysInWords, tokyoTimes, type WeekTime } from '../../judge/tokyo-times.ts';

/** Working hours: from 9 to 18 on weekdays, in Tokyo. */
const FROM = 9;
const TO = 18;
const PARTS = { tasks: 'タスク', scaling: 'Auto Scaling の下限', database: 'Aurora' } as const;

export default defineCheck({
  title: '休みのスケジュールが、東京の時刻で正しく休ませて起こす',
  why: '時刻のずれたスケジュールは、昼間に止めたり、夜じゅう動かしたりします。Aurora は止めても7日で自動で動き出すので、止め直しも要ります。',
  needs: ['chapter-2/service/service', 'chapter-2/database/cluster'],
  read: async (world) => ({ found: await pauseSchedules(world), now: world.now }),
  judge: ({ found, now }): Judgement => {
    if (found.length === 0) {
      return {
        status: 'pass',
        evidence: '休みのスケジュールはありません。いつも動いています。',
        advice:
          '任意: 平日の9〜18時だけ使うなら、pnpm solve chapter-5 -c pauseSchedule=weekdays で夜と休日を休ませられます。',
      };
    }
    const resources = found;
    const timed = found.map((one) => ({
      ...one,
      times: tokyoTimes(one.properties.expression, one.properties.timeZone, now),
    }));
    const wrong = timed.flatMap((one) => {
      const problem = problemOf(one);
      return problem === null ? [] : [`${one.id} は${problem}。`];
    });
    if (wrong.length > 0) return { status: 'fail', evidence: wrong.join(''), resources };
    const working = timed.filter(({ properties }) => properties.enabled);
    if (working.length === 0) {
      return {
        status: 'pass',
        evidence: `スケジュール${found.length}つは、どれも無効です。いつも動いています。`,
        resources,
      };
    }
    const missing = missingOf(working);
    if (missing !== null) return { status: 'fail', evidence: missing, resources };
    const evidence = working.map(({ id, times }) => `${id}（${inWords(times ?? [])}）`).join('、');
    return { status: 'pass', evidence, resources };
  },
  fix: {
    console:
      '「Amazon EventBridge」>「スケジューラ」>「スケジュール」で開き、「編集」でタイムゾーンを Asia/Tokyo に、時刻を cron 式で直します。',
    cli: 'aws scheduler get-schedule --group-name <グループ> --name <名前> で見て、aws scheduler update-schedule で直します。',
    cdk: 'pnpm solve chapter-5 -c pauseSchedule=weekdays（時刻は infra/blueprint.ts の workingHours）',
  },
  console: 'scheduler/home#schedules',
  doc: 'chapters/chapter-5/02-production.md#休みのスケジュール',
});

type Timed = Resource<PauseSchedule> & { times: WeekTime[] | null };

/** What is wrong with one schedule by itself. */
function problemOf({ properties, times }: Timed): string | null {
  const { does, expression, timeZone, wellNamed } = properties;
  if (!wellNamed)
    return 'クラスターを DBClusterIdentifier で指定していますが、スケジューラでの名前は DbClusterIdentifier なので、動きません';
  if (times === null || times.length === 0) return `毎週の決まった時刻ではありません（${expression}、${timeZone}）`;
  const said = `東京の${inWords(times)}です（${expression}、${timeZone}）`;
  if (does === 'rest' && times.some(({ day, hour }) => isWork(day, hour))) return `仕事の時間に休ませます。${said}`;
  if (does === 'rest' && !times.some(({ hour }) => hour >= TO)) return `夕方に休ませません。${said}`;
  if (does === 'wake' && times.some(({ day, hour }) => day === 0 || day === 6 || hour > FROM || hour < FROM - 2)) {
    return `平日の朝ではない時刻に起こします。${said}`;
  }
  return null;
}

const isWork = (day: number, hour: number) => day >= 1 && day <= 5 && hour >= FROM && hour < TO;

/** What is missing between schedules that are right one by one. */
function missingOf(working: Timed[]): string | null {
  const has = (does: PauseSchedule['does'], part: PauseSchedule['part']) =>
    working.filter(({ properties }) => properties.does === does && properties.part === part);
  const wakes = working.some(({ properties }) => properties.does === 'wake');
  if (has('rest', 'tasks').length > 0 && has('rest', 'scaling').length === 0) {
    return 'タスクを0にしますが、Auto Scaling の下限がそのままなので、また起動します。';
  }
  for (const part of ['tasks', 'scaling', 'database'] as const) {
    const [rest, wake] = [has('rest', part), has('wake', part)];
    if (rest.length === 0) return `${PARTS[part]}を休ませるスケジュールがありません。`;
    if (wakes && wake.length === 0) return `${PARTS[part]}を起こすスケジュールがありません。休んだままになります。`;
  }
  const stops = has('rest', 'database').flatMap(({ times }) => times ?? []);
  const days = new Set(stops.map(({ day }) => day));
  if (days.size < 7) {
    return `Aurora を止めるのが${daysInWords(stops)}だけです。7日たって自動で動き出したあと、次に止めるまで料金がかかります。`;
  }
  return null;
}

function inWords(times: WeekTime[]): string {
  const clock = [...new Set(times.map(({ hour, minute }) => `${hour}:${String(minute).padStart(2, '0')}`))];
  return `${daysInWords(times)}${clock.join('と')}`;
}
