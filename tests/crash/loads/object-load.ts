import {
  CreateBucketCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { type Load, type LoadOptions, numbers } from '../load.ts';
import { createRegister } from '../register.ts';

/** Puts objects into a bucket, some over others. */
export function objectLoad({ stage, random, run }: LoadOptions): Load {
  const Bucket = `${run}-objects`;
  const objects = createRegister('object');

  async function put(Key: string, Body: string): Promise<void> {
    const response = await stage.attempt((clients) =>
      clients.objects.send(new PutObjectCommand({ Bucket, Key, Body })),
    );
    objects.note(Key, Body, response !== undefined);
  }

  function get(Key: string): Promise<string | undefined> {
    return stage.insist(async (clients) => {
      try {
        const { Body } = await clients.objects.send(new GetObjectCommand({ Bucket, Key }));
        return await Body?.transformToString();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    });
  }

  return {
    name: 'objects',
    async prepare() {
      await stage.insist((clients) => clients.objects.send(new CreateBucketCommand({ Bucket })));
    },
    steps: numbers(random.integer(3, 10)).map((index) => {
      const key = `folder/object-${random.integer(1, 3)}`;
      const body = `${run}, version ${index}, ${'x'.repeat(random.pick([0, 100, 100_000]))}`;
      return () => put(key, body);
    }),
    async wrongs() {
      const found = await Promise.all(
        objects.keys().map(async (key) => objects.wrongs(key, await get(key))),
      );
      return found.flat().map((wrong) => wrong.replace(/x{9,}/g, 'x…'));
    },
  };
}
