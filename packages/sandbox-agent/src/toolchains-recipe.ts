import { LANGUAGES } from '@cloche/core/executor';

/** What an image with all nine toolchains is made from unless another base is given. */
export const TOOLCHAINS_BASE = 'debian:trixie-slim';
/** Where such an image has Go's standard library compiled. */
export const GO_CACHE_DIRECTORY = '/opt/cloche/go-build';
/**
 * Where it has an archive of the classes that javac loads, for `-J-XX:SharedArchiveFile=`. Measured with JDK 17:
 * 541 ms become 393.
 */
export const JAVAC_ARCHIVE = '/opt/cloche/javac.jsa';

/** The library is found again only by a build with the same settings, so they are those of the language table. */
const GO_ENVIRONMENT = Object.entries({ ...LANGUAGES.go.environment, GOCACHE: GO_CACHE_DIRECTORY })
  .map(([name, value]) => `${name}='${value}'`)
  .join(' ');

/**
 * Instructions of a Dockerfile that make an image with all nine toolchains of a base that may have some of them: only
 * what is missing is installed. Run under the classic builder, BuildKit, Podman and a cloud service's builder, as root.
 */
export const TOOLCHAINS_RECIPE: string = String.raw`# The toolchains that the base lacks; what is merely useful comes along with them.
RUN set -eu; \
    missing=''; \
    useful=''; \
    need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }; \
    need bash bash; \
    need python3 python3; \
    need node nodejs; \
    need java default-jdk-headless; \
    need javac default-jdk-headless; \
    need go golang-go; \
    need gcc gcc; \
    need g++ g++; \
    need cc gcc; \
    need rustc rustc; \
    [ -e /usr/include/stdio.h ] || missing="$missing libc6-dev"; \
    [ -e /etc/ssl/certs/ca-certificates.crt ] || useful="$useful ca-certificates"; \
    command -v ip >/dev/null 2>&1 || useful="$useful iproute2"; \
    if [ -n "$missing" ]; then \
      command -v apt-get >/dev/null || { echo "The base lacks$missing, and has no apt-get to install them."; exit 1; }; \
      export DEBIAN_FRONTEND=noninteractive; \
      apt-get update; \
      apt-get install --yes --no-install-recommends $missing $useful; \
      apt-get clean; \
      rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log; \
    fi

# Go's standard library, compiled as a run compiles: a first run does not wait for it.
RUN set -eu; \
    mkdir -p ${GO_CACHE_DIRECTORY}; \
    env ${GO_ENVIRONMENT} go build std; \
    chmod -R a+rX,go-w /opt/cloche

# Java starts from an archive of classes. The compiler gets one of its own: it then starts in three quarters of
# the time, and the larger archive does not slow down programs.
RUN set -eu; \
    home="$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")"; \
    [ -e "$home/lib/server/classes.jsa" ] || java -Xshare:dump >/dev/null 2>&1; \
    cp "$home/lib/server/classes.jsa" ${JAVAC_ARCHIVE}; \
    mkdir /tmp/cds; cd /tmp/cds; \
    printf '%s\n' \
      'import java.util.*;' \
      'import java.util.function.*;' \
      'import java.util.stream.*;' \
      'public class ClocheSample {' \
      '  interface Shape { double area(); }' \
      '  record Square(double side) implements Shape { public double area() { return side * side; } }' \
      '  enum Color { RED, GREEN }' \
      '  static <T extends Comparable<T>> T largest(List<T> items) { return Collections.max(items); }' \
      '  public static void main(String[] arguments) throws Exception {' \
      '    var names = new ArrayList<>(List.of("b", "a"));' \
      '    Map<String, Integer> lengths = names.stream().collect(Collectors.toMap(n -> n, String::length));' \
      '    Function<Integer, Integer> next = n -> n + 1;' \
      '    StringBuilder text = new StringBuilder();' \
      '    for (Color color : Color.values()) { switch (color) { case RED -> text.append(1); default -> text.append(2); } }' \
      '    try { Integer.parseInt("x"); } catch (NumberFormatException error) { text.append(error.getMessage()); }' \
      '    System.out.println(largest(names) + lengths + next.apply(1) + text + new Square(2).area());' \
      '    System.out.printf("%d %.2f %s%n", 1, 2.0, IntStream.range(0, 3).boxed().toList());' \
      '    try (Scanner input = new Scanner(System.in)) { while (input.hasNextLine()) input.nextLine(); }' \
      '  }' \
      '}' > ClocheSample.java; \
    javac -J-Xshare:off -J-XX:DumpLoadedClassList=compiler -encoding UTF-8 -proc:none ClocheSample.java \
      && cat "$home/lib/classlist" compiler | grep -v -e '^#' -e 'source:' | awk '!seen[$0]++' > classes \
      && java -XX:SharedClassListFile=classes -XX:SharedArchiveFile=javac.jsa -Xshare:dump >/dev/null 2>&1 \
      && mv javac.jsa ${JAVAC_ARCHIVE} \
      || echo 'javac starts from the archive of every program: one of its own could not be made.'; \
    chmod a+r ${JAVAC_ARCHIVE}; \
    cd /; rm -rf /tmp/cds /tmp/hsperfdata_*

# Bytecode of Python's standard library: a program may not write it beside the sources.
RUN set -eu; \
    library="$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"; \
    python3 -m compileall -q -j 0 -x '/(test|tests|lib2to3|site-packages)/' "$library" >/dev/null || true

`;

/** Shows the versions of all of them, for whoever watches the build, and fails where one is not there. */
export const TOOLCHAINS_CHECK: string = String.raw`# What is in it, for whoever watches the build.
RUN set -eu; \
    python3 --version; \
    echo "Node.js $(node --version)"; \
    javac -version; \
    go version; \
    rustc --version; \
    gcc --version | head -n 1; \
    g++ --version | head -n 1; \
    bash --version | head -n 1

`;
