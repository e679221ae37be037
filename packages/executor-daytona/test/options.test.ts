import { DEFAULT_DAYTONA_OPTIONS, daytonaOptionsSchema } from '@cloche/executor-daytona';
import { describe, expect, test } from 'vitest';

const validate = (value: unknown): unknown => daytonaOptionsSchema['~standard'].validate(value);
const GIBIBYTE = 1024 ** 3;

test('nothing given is valid, and nothing is made up', () => {
  expect(validate({})).toEqual({ value: DEFAULT_DAYTONA_OPTIONS });
  expect(validate({ apiKey: null, labels: undefined })).toEqual({ value: DEFAULT_DAYTONA_OPTIONS });
});

test('every option of the configuration arrives', () => {
  const given = {
    apiKey: 'dtn_0123456789',
    apiUrl: 'https://daytona.example/api/',
    target: 'eu',
    organizationId: 'a-b-c',
    image: 'debian:trixie-slim',
    cpu: 2,
    memory: 4 * GIBIBYTE,
    disk: 8 * GIBIBYTE,
    networkBlockAll: true,
    networkAllowList: '10.0.0.0/8, 192.168.1.0/24',
    labels: 'team=glass,stage=test',
    autoStop: 600_000,
    keepSandbox: true,
  };
  expect(validate(given)).toEqual({
    value: {
      apiKey: 'dtn_0123456789',
      apiUrl: 'https://daytona.example/api',
      target: 'eu',
      organizationId: 'a-b-c',
      snapshot: null,
      image: 'debian:trixie-slim',
      cpuCount: 2,
      memoryGib: 4,
      diskGib: 8,
      blocksNetwork: true,
      networkAllowList: ['10.0.0.0/8', '192.168.1.0/24'],
      labels: { team: 'glass', stage: 'test' },
      autoStopMs: 600_000,
      keepsSandbox: true,
    },
  });
  expect(validate({ labels: { team: 'glass' } })).toMatchObject({ value: { labels: { team: 'glass' } } });
});

describe('what makes no sense is refused, and named', () => {
  const refusals: readonly (readonly [Readonly<Record<string, unknown>>, string])[] = [
    [{ apiKey: 'two words' }, 'apiKey'],
    [{ apiKey: 'line\nbreak' }, 'apiKey'],
    [{ apiUrl: 'app.daytona.io/api' }, 'apiUrl'],
    [{ apiUrl: 'ftp://app.daytona.io/api' }, 'apiUrl'],
    [{ apiUrl: 'https://user:password@app.daytona.io/api' }, 'apiUrl'],
    [{ snapshot: 'a', image: 'b:1' }, 'image'],
    [{ cpu: 2 }, 'cpu'],
    [{ snapshot: 'a', memory: GIBIBYTE }, 'memory'],
    [{ image: 'b:1', memory: GIBIBYTE + 1 }, 'memory'],
    [{ networkAllowList: 'example.com' }, 'networkAllowList'],
    [{ networkAllowList: '10.0.0.0/33' }, 'networkAllowList'],
    [{ labels: 'no value' }, 'labels'],
    [{ labels: 'cloche.owner=me' }, 'labels'],
    [{ autoStop: 1000 }, 'autoStop'],
    [{ keepSandbox: 'yes' }, 'keepSandbox'],
    [{ workspace: 'x' }, 'workspace'],
  ];

  for (const [value, key] of refusals) {
    test(JSON.stringify(value), () => {
      expect(validate(value)).toMatchObject({ issues: [{ path: [key] }] });
    });
  }
});
