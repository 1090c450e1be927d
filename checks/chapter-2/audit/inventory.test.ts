import { expect, test } from 'vitest';
import check from './inventory.ts';

test('it counts, and blames nobody: each part has a check of its own', () => {
  const lines = [
    { label: 'VPC', planned: 1, ids: ['vpc-1'] },
    { label: 'NAT ゲートウェイ（か NAT インスタンス）', planned: 1, ids: ['nat-1', 'nat-2'] },
    { label: 'ECS サービス', planned: 1, ids: [] },
  ];
  const { status, evidence, advice } = check.judge({ lines });
  expect(status).toBe('pass');
  expect(evidence).toBe('3種類のうち1種類が計画の数です。');
  expect(advice?.split('\n').slice(1)).toEqual([
    '○ VPC 1/1: vpc-1',
    '＋ NAT ゲートウェイ（か NAT インスタンス） 2/1: nat-1、nat-2',
    '− ECS サービス 0/1',
  ]);
});
