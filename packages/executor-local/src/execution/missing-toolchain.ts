import type { LanguageId, Unavailability } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';

/** Commands that install each language, for Debian and Ubuntu, Fedora, and macOS with Homebrew. */
const INSTALL_COMMANDS: Readonly<Record<LanguageId, readonly string[]>> = {
  python: ['sudo apt-get install python3', 'sudo dnf install python3', 'brew install python'],
  javascript: ['sudo apt-get install nodejs', 'sudo dnf install nodejs', 'brew install node'],
  typescript: ['sudo apt-get install nodejs', 'sudo dnf install nodejs', 'brew install node'],
  java: [
    'sudo apt-get install default-jdk-headless',
    'sudo dnf install java-latest-openjdk-devel',
    'brew install openjdk',
  ],
  go: ['sudo apt-get install golang-go', 'sudo dnf install golang', 'brew install go'],
  rust: ['sudo apt-get install rustc', 'sudo dnf install rust', 'brew install rust'],
  bash: ['sudo apt-get install bash', 'sudo dnf install bash', 'brew install bash'],
  c: ['sudo apt-get install gcc libc6-dev', 'sudo dnf install gcc', 'xcode-select --install'],
  cpp: ['sudo apt-get install g++', 'sudo dnf install gcc-c++', 'xcode-select --install'],
};

export function missingToolchain(
  language: LanguageId,
  program: string,
  platform: NodeJS.Platform,
): Unavailability {
  const { displayName } = LANGUAGES[language];
  const isMac = platform === 'darwin';
  return {
    available: false,
    code: 'ERR_LANGUAGE_UNSUPPORTED',
    reason: {
      en: `${displayName} needs ${program}, which is not on this machine's PATH.`,
      zh: `${displayName} 需要 ${program}，但本机的 PATH 中没有。`,
    },
    hint: {
      en: 'Install it, or use an executor that has it, such as docker.',
      zh: '请安装它，或使用带有它的执行器，例如 docker。',
    },
    fix: INSTALL_COMMANDS[language].filter((command) => isMac === /^(?:brew|xcode-select)/u.test(command)),
  };
}
