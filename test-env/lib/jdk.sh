# Where a JDK 25 is. Source it (any sh).

# A JDK, not a bare runtime, of Java 25. The release file tells without starting a JVM.
is_jdk25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2> /dev/null; }

# Prints the home of a JDK 25, or fails: JAVA25_HOME, JAVA_HOME, every other JAVA..._HOME..., the folders in which
# distributions and version managers put one, and last the java of the PATH.
find_jdk25() {
  home=${HOME-/nonexistent}
  for candidate in "${JAVA25_HOME-}" "${JAVA_HOME-}" $(env | sed -n 's/^JAVA[A-Z0-9_]*HOME[A-Z0-9_]*=//p') \
      /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /opt/hostedtoolcache/Java_*/25*/* \
      "${SDKMAN_DIR-$home/.sdkman}"/candidates/java/* "${ASDF_DATA_DIR-$home/.asdf}"/installs/java/* \
      "${MISE_DATA_DIR-$home/.local/share/mise}"/installs/java/* "$home"/.jenv/versions/* "$home"/.jabba/jdk/* "$home"/.jdks/* \
      "$home"/.gradle/jdks/* /home/linuxbrew/.linuxbrew/opt/openjdk@25/libexec \
      /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  candidate=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  [ -n "$candidate" ] && is_jdk25 "$candidate" && echo "$candidate"
}
