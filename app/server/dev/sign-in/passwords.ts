import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { User } from './store.ts';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

export async function hashPassword(password: string): Promise<User['password']> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, 32);
  return { salt: salt.toString('base64'), hash: hash.toString('base64') };
}

export async function isPassword(password: string, known: User['password']): Promise<boolean> {
  const hash = await derive(password, Buffer.from(known.salt, 'base64'), 32);
  return timingSafeEqual(hash, Buffer.from(known.hash, 'base64'));
}
