import { setTimeout as sleep } from 'node:timers/promises';
import { configFlags, openHost, openRunner, readConfig, ServerEnding } from '@cloche/mcp-server/command';
import type { PlaygroundOptions, PlaygroundServing } from '@cloche/playground';
import manifest from '../../../package.json' with { type: 'json' };
import { print } from '../../output/print-output.ts';
import type { CommandContext } from '../../program/command-context.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { listenSomewhere } from './listen-somewhere.ts';
import { hasScreen, openInBrowser } from './open-in-browser.ts';
import { OpeningPage } from './opening-page.ts';
import { playgroundGeneration } from './playground-generation.ts';
import { readPort } from './read-port.ts';

/** How long a browser may take to start and to load the page. */
const OPENING_MS = 8_000;
const OPEN_YOURSELF = { en: 'Open the address above yourself.', zh: '请自行打开上面的地址。' };

/** `cloche ui`: serves the playground until a signal ends it. */
export const uiCommand: CommandFunction = async (_words, options, context) => {
  const port = readPort(options.text('port'));
  const ending = new ServerEnding();
  let opening: Promise<OpeningPage | null> | null = null;
  try {
    const flags = configFlags(options);
    // Its warnings are told here; the server reads it anew for every run.
    await readConfig(context, flags);
    const serving = await serve(port, flags, context);
    print(serving.address());
    tellHowToEnd(serving, context);
    if (!options.isOff('open')) opening = open(serving, context, ending.signal);
    await ending.ended();
    return await end(serving, context);
  } finally {
    ending.dispose();
    await (await opening)?.remove();
  }
};

async function serve(
  port: number | null,
  flags: NonNullable<PlaygroundOptions['configInput']['flags']>,
  context: CommandContext,
): Promise<PlaygroundServing> {
  const { environment, workingDirectory, homeDirectory, platform, locale } = context;
  const { servePlayground } = await import('@cloche/playground');
  const options: PlaygroundOptions = {
    version: manifest.version,
    locale,
    host: openHost(context),
    configInput: { flags, environment, workingDirectory, homeDirectory, platform },
    openRunner: (loaded) => openRunner(context, loaded),
    generation: playgroundGeneration(environment),
  };
  return listenSomewhere(port, (number) => servePlayground({ ...options, port: number }));
}

function tellHowToEnd({ url }: PlaygroundServing, { messages }: CommandContext): void {
  messages.note({
    en: `The playground runs at ${url}. The address above opens it once. Ctrl-C ends it.`,
    zh: `Playground 运行在 ${url}。上面的地址可打开一次。按 Ctrl-C 结束。`,
  });
}

/** Null where there is nothing to open it with, or it could not be opened. Never rejects: the address was printed. */
async function open(
  serving: PlaygroundServing,
  context: CommandContext,
  signal: AbortSignal,
): Promise<OpeningPage | null> {
  const { platform, environment, messages } = context;
  if (!hasScreen(platform, environment)) return null;
  // With a ticket of its own: the one that was printed stays good for whoever reads it.
  const address = serving.address();
  const page = await writePage(address, context);
  if (page !== null && (await openInBrowser(page.path, platform, signal))) {
    await tellWhereNothingOpens(serving, address, context, signal);
    return page;
  }
  await page?.remove();
  messages.warning({ en: 'No browser could be opened.', zh: '无法打开浏览器。' }, OPEN_YOURSELF);
  return null;
}

/** Null where it cannot be written. */
async function writePage(address: string, context: CommandContext): Promise<OpeningPage | null> {
  const host = openHost(context);
  try {
    return await OpeningPage.write(host, address);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    host.logger.warn('the page that leads a browser to the playground could not be written', { code });
    return null;
  }
}

/** Some browsers, those of snap for example, may not read hidden directories, and say so in their window alone. */
async function tellWhereNothingOpens(
  serving: PlaygroundServing,
  address: string,
  { messages }: CommandContext,
  signal: AbortSignal,
): Promise<void> {
  // An end that comes first is no failure.
  await sleep(OPENING_MS, undefined, { signal, ref: false }).catch(() => undefined);
  if (signal.aborted || serving.wasOpened(address)) return;
  messages.warning(
    { en: 'The browser has not opened the playground.', zh: '浏览器尚未打开 Playground。' },
    OPEN_YOURSELF,
  );
}

async function end(serving: PlaygroundServing, { messages }: CommandContext): Promise<number> {
  if (await serving.close()) return 0;
  messages.warning(
    { en: 'Not everything that ran could be ended in time.', zh: '部分运行未能及时结束。' },
    { en: 'Remove what it has left behind: cloche clean', zh: '清除遗留内容：cloche clean' },
  );
  return 1;
}
