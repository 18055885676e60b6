import { describe, expect, test } from '@jest/globals';
import { createClients, readEndpoints } from './clients.ts';

const TEXT = 'us-east-1=https://a.example.com/v1, us-west-2=https://b.example.com/v1?x=1';

describe('readEndpoints()', () => {
  test('starts at the wanted one and goes round', () => {
    const regions = (startAt: number) => readEndpoints(TEXT, startAt).map(({ region }) => region);

    expect(regions(0)).toEqual(['us-east-1', 'us-west-2']);
    expect(regions(1)).toEqual(['us-west-2', 'us-east-1']);
    expect(regions(4)).toEqual(['us-east-1', 'us-west-2']);
    expect(readEndpoints(TEXT, 1)[0]?.endpoint).toBe('https://b.example.com/v1?x=1');
  });

  test('reads no cluster from nothing', () => {
    expect(readEndpoints('', 3)).toEqual([]);
  });

  test('refuses what is no endpoint', () => {
    expect(() => readEndpoints('us-east-1', 0)).toThrow(
      'Cannot read the routing control endpoint "us-east-1": write region=url',
    );
  });
});

describe('createClients()', () => {
  test('makes each client once for its Region', async () => {
    const clients = createClients(readEndpoints(TEXT, 0));

    expect(clients.rds('us-east-1')).toBe(clients.rds('us-east-1'));
    expect(clients.rds('us-east-1')).not.toBe(clients.rds('us-west-2'));
    expect(await clients.rds('us-west-2').config.region()).toBe('us-west-2');
    expect(clients.routingControls).toHaveLength(2);
  });
});
