import type { LanguagePrograms } from './language-programs.ts';

export const JAVA_PROGRAMS: LanguagePrograms = {
  language: 'java',
  hello: `public class Hello {
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
`,
  printArguments: `public class Main {
    public static void main(String[] args) {
        for (String argument : args) System.out.print(argument + "\\0");
        System.out.flush();
    }
}
`,
  copyStdin: `public class Main {
    public static void main(String[] args) throws java.io.IOException {
        System.in.transferTo(System.out);
        System.out.flush();
    }
}
`,
  exitWithThree: `public class Main {
    public static void main(String[] args) {
        System.out.println("before the end");
        System.exit(3);
    }
}
`,
  broken: {
    code: `public class Main {
    public static void main(String[] args) {
        int value = missing;
    }
}
`,
    message: /Main\.java:3: error: cannot find symbol/u,
  },
  readFile: `import java.nio.file.*;

public class Main {
    public static void main(String[] args) throws Exception {
        System.out.print(Files.readString(Path.of("data/input.txt")));
    }
}
`,
  writeFile: `import java.nio.file.*;

public class Main {
    public static void main(String[] args) throws Exception {
        Files.writeString(Path.of("result.txt"), "written\\n");
    }
}
`,
  unicode: `import java.nio.file.*;

class Приветствие {
    public static void main(String[] args) throws Exception {
        String слово = "你好, мир 🔔";
        System.out.println(слово);
        System.out.print(Files.readString(Path.of("数据/файл 🔔.txt")));
    }
}
`,
  twoFiles: {
    code: `public class Main {
    public static void main(String[] args) {
        System.out.println(Greeting.greet());
    }
}
`,
    files: [
      {
        path: 'Greeting.java',
        content: `class Greeting {
    static String greet() {
        return "hello from another file";
    }
}
`,
      },
    ],
  },
};
