import type { LocalizedText } from '@cloche/core/executor';

/** What each executor is good for, and what it costs. */
export const MODE_ADVICE: readonly { readonly mode: string; readonly text: LocalizedText }[] = [
  {
    mode: 'local',
    text: {
      en: 'A quick test of code that you have read. Costs a few milliseconds; the program shares this machine’s kernel.',
      zh: '快速测试你读过的代码。开销为几毫秒；程序与本机共享内核。',
    },
  },
  {
    mode: 'docker',
    text: {
      en: 'Code that you do not know. Costs about half a second at first, then milliseconds, and an image per language once: cloche images pull, or one for all, which is quicker and works offline: cloche images build.',
      zh: '运行来历不明的代码。首次约半秒，之后为几毫秒；每种语言需下载一次镜像：cloche images pull；或构建一个包含全部语言的镜像，更快且可离线使用：cloche images build。',
    },
  },
  {
    mode: 'daytona',
    text: {
      en: 'Code that should not come near this machine. Costs an account and what the service charges, and the code leaves this machine. Added with: cloche executors add daytona',
      zh: '运行不应接近本机的代码。需要账号并按服务商标准计费，代码会离开本机。添加方法：cloche executors add daytona',
    },
  },
];
