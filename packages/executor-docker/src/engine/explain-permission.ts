import type { ExecutorHost, Unavailability } from '@cloche/core/executor';
import type { EngineEndpoint } from './engine-endpoint.ts';
import { permissionCommands } from './fix-commands.ts';

/** An engine runs, and this user may not speak to it. */
export function explainPermission(host: ExecutorHost, endpoint: EngineEndpoint): Unavailability {
  return {
    available: false,
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    reason: {
      en: `Permission denied: this user may not use the container engine at ${endpoint.address} (${endpoint.origin}).`,
      zh: `权限不足：当前用户无权使用位于 ${endpoint.address} 的容器引擎（${endpoint.origin}）。`,
    },
    hint: {
      en: 'Join the group docker and log in again (or `newgrp docker`). Members of that group are as good as root on this machine; a rootless engine (`dockerd-rootless-setuptool.sh install`, or Podman) is the way without that.',
      zh: '请加入 docker 组后重新登录（或运行 `newgrp docker`）。该组成员等同于本机的 root；若不希望如此，请使用 rootless 引擎（`dockerd-rootless-setuptool.sh install` 或 Podman）。',
    },
    fix: permissionCommands(host),
  };
}
