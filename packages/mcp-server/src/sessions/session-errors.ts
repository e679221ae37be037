import { ClocheError } from '@cloche/core/executor';
import type { SessionLimits } from './session-limits.ts';

/** The same for a session that never was, that has ended, and that is somebody else's. */
export function sessionNotFound({ idleMs }: SessionLimits): ClocheError {
  const minutes = Math.ceil(idleMs / 60_000);
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: { en: 'There is no session with this session_id.', zh: '没有此 session_id 对应的会话。' },
    hint: {
      en: `A session ends ${minutes} minutes after its last run, and its files with it. Begin another with session_id "new", and give the files again.`,
      zh: `会话在最后一次运行结束 ${minutes} 分钟后结束，其文件也随之消失。请用 session_id "new" 新建会话，并重新提供文件。`,
    },
  });
}

export function tooManySessions(count: number, isOwn: boolean): ClocheError {
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: isOwn
      ? {
          en: `${count} sessions are open, which is as many as may be.`,
          zh: `已打开 ${count} 个会话，达到上限。`,
        }
      : { en: 'The server has no room for another session.', zh: '服务器已无法容纳更多会话。' },
    hint: isOwn
      ? {
          en: 'Go on in one of them (manage_sandbox with action "list"), or close one: action "close" with its session_id.',
          zh: '请继续使用其中一个（manage_sandbox 的 action "list"），或关闭一个：action "close" 加其 session_id。',
        }
      : {
          en: 'Run without session_id and give the files with each call, or try again later.',
          zh: '请不使用 session_id 运行并在每次调用中提供文件，或稍后重试。',
        },
    retryable: !isOwn,
  });
}
