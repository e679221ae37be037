import type { UserHomeDirResponse, WorkDirResponse } from '@daytona/toolbox-api-client';
import { answerJson } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Route } from '../http/route.ts';
import { ServiceError } from '../http/service-error.ts';
import type { MachineHost } from '../machine/machine-host.ts';
import { HOME_DIRECTORY } from '../machine/machine-files.ts';
import type { ToolboxOperation } from '../operation.ts';
import { DAEMON_VERSION } from '../sandboxes/describe-sandbox.ts';
import type { HostedSandbox } from '../sandboxes/hosted-sandbox.ts';
import type { SandboxRegistry } from '../sandboxes/sandbox-registry.ts';
import type { SnapshotRegistry } from '../snapshots/snapshot-registry.ts';
import { downloadFile, downloadFiles } from './download-files.ts';
import { executeCommand } from './execute-command.ts';
import { createFolder, deleteFile, getFileInfo, listFiles } from './file-operations.ts';
import type { ToolboxSandbox } from './toolbox-sandbox.ts';
import { uploadFile, uploadFiles } from './upload-files.ts';
import { GO_LIBRARY_MOUNT_POINT, goLibrary } from '../machine/go-library.ts';

type ToolboxHandler = (target: ToolboxSandbox, exchange: Exchange) => Answer | Promise<Answer>;

const HOME = { dir: HOME_DIRECTORY } satisfies WorkDirResponse & UserHomeDirResponse;

const OPERATIONS: readonly (readonly [ToolboxOperation, string, string, ToolboxHandler])[] = [
  ['executeCommand', 'POST', '/process/execute', executeCommand],
  ['uploadFiles', 'POST', '/files/bulk-upload', uploadFiles],
  ['uploadFile', 'POST', '/files/upload', uploadFile],
  ['uploadFile', 'POST', '/files/upload-v2', uploadFile],
  ['downloadFiles', 'POST', '/files/bulk-download', downloadFiles],
  ['downloadFile', 'GET', '/files/download', downloadFile],
  ['listFiles', 'GET', '/files', listFiles],
  ['getFileInfo', 'GET', '/files/info', getFileInfo],
  ['deleteFile', 'DELETE', '/files', deleteFile],
  ['createFolder', 'POST', '/files/folder', createFolder],
  ['getWorkDir', 'GET', '/work-dir', () => answerJson(HOME)],
  ['getUserHomeDir', 'GET', '/user-home-dir', () => answerJson(HOME)],
  ['getProjectDir', 'GET', '/project-dir', () => answerJson(HOME)],
  ['getVersion', 'GET', '/version', () => answerJson({ version: DAEMON_VERSION })],
];

export interface ToolboxOptions {
  readonly registry: SandboxRegistry;
  readonly snapshots: SnapshotRegistry;
  readonly machines: MachineHost;
  /** False: `networkBlockAll` is confirmed, and changes nothing. */
  readonly holdsNetwork: boolean;
}

export function toolboxRoutes(options: ToolboxOptions): Route[] {
  return OPERATIONS.map(([operation, method, suffix, handler]) => ({
    operation,
    method,
    pattern: `/toolbox/:sandboxId${suffix}`,
    permission: null,
    async handle(exchange) {
      const { registry } = options;
      const sandbox = findSandbox(registry, exchange.parameters['sandboxId'] ?? '');
      const target = reach(sandbox, options);
      sandbox.openRequests += 1;
      registry.noteActivity(sandbox);
      try {
        return await handler(target, exchange);
      } finally {
        sandbox.openRequests -= 1;
        registry.noteActivity(sandbox);
      }
    },
  }));
}

function findSandbox(registry: SandboxRegistry, id: string): HostedSandbox {
  const sandbox = registry.all.find((candidate) => candidate.id === id);
  if (sandbox) return sandbox;
  const message = `not found: sandbox container not found: Error response from daemon: No such container: ${id}`;
  throw new ServiceError(404, message, 'NOT_FOUND');
}

function reach(
  sandbox: HostedSandbox,
  { snapshots, machines, holdsNetwork }: ToolboxOptions,
): ToolboxSandbox {
  const { machine, snapshot } = sandbox;
  const isUnreachable = 'no IP address found. Is the Sandbox started?';
  if (sandbox.isLost) throw new ServiceError(502, isUnreachable);
  if (!machine) throw new ServiceError(400, `bad request: ${isUnreachable}`, 'BAD_REQUEST');
  const isEveryProgramShown = snapshot === null || !snapshots.isDefault(snapshot);
  return {
    sandbox,
    machine,
    isNetworkBlocked: holdsNetwork && sandbox.networkBlockAll,
    pipes: machines.pipes,
    environment: {
      PATH: machines.searchPath(isEveryProgramShown),
      ...(goLibrary() === null ? {} : { GOCACHE: GO_LIBRARY_MOUNT_POINT }),
      HOME: HOME_DIRECTORY,
      USER: 'daytona',
      LANG: 'C.UTF-8',
      DAYTONA_SANDBOX_ID: sandbox.id,
      DAYTONA_SANDBOX_USER: 'daytona',
      ...(snapshot !== null && { DAYTONA_SANDBOX_SNAPSHOT: snapshot }),
      ...sandbox.request.env,
    },
  };
}
