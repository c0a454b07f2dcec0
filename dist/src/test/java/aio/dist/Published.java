package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A module of a release, by its pom: all modules in the root's pom except for those that say {@code maven.deploy.skip}.
 * Immutable.
 *
 * @param folder its folder
 * @param artifact its artifact id
 * @param version its version
 * @param jar whether it has a jar
 */
record Published(Path folder, String artifact, String version, boolean jar) {
    static final String GROUP = "io.github.aio-osgi";

    private static final Path HOME = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?<version>([^<]+)</version>.*?</parent>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    /** Returns all of them. */
    static List<Published> all() throws IOException {
        List<Published> all = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(HOME));
        MODULE.matcher(Files.readString(HOME.resolve("pom.xml"))).results()
                .forEach(module -> folders.add(HOME.resolve(module.group(1))));
        for (Path folder : folders) {
            String pom = Files.readString(folder.resolve("pom.xml"));
            if (!pom.contains("<maven.deploy.skip>true<")) {
                all.add(of(folder, pom));
            }
        }
        return all;
    }

    /** Expects that all with an ending have been built; where one has not, says what does. */
    static void assertBuilt(String ending, String maven, String options) throws IOException {
        List<Published> needed = all().stream().filter(each -> each.artifact.endsWith(ending)).toList();
        List<String> missing = needed.stream().map(Published::built).filter(Files::notExists)
                .map(Path::toString).toList();
        String modules = needed.stream().map(each -> HOME.relativize(each.folder).toString())
                .collect(Collectors.joining(","));
        assertThat(missing).as("what this build has not made, since it leaves modules out; add them: %s -pl %s %s",
                maven, modules, options).isEmpty();
    }

    /** Returns where the build puts its jar. */
    private Path built() {
        return folder.resolve("target").resolve(artifact + "-" + version + ".jar");
    }

    private static Published of(Path folder, String pom) {
        Matcher parent = PARENT.matcher(pom);
        String own = parent.replaceFirst("");
        String version = parent.reset().find() ? parent.group(1) : first(VERSION, own);
        return new Published(folder, first(ARTIFACT, own), version, !own.contains("<packaging>pom<"));
    }

    private static String first(Pattern pattern, String pom) {
        Matcher matcher = pattern.matcher(pom);
        assertThat(matcher.find()).as("%s in %s", pattern, pom).isTrue();
        return matcher.group(1);
    }

    /** Lays out the present build as a Maven repository in a folder; returns the folder. */
    static Path layOut(Path repository) throws IOException {
        for (Published module : all()) {
            Path target = repository.resolve(GROUP.replace('.', '/')).resolve(module.artifact).resolve(module.version);
            Files.createDirectories(target);
            String name = module.artifact + "-" + module.version;
            Files.copy(module.folder.resolve("pom.xml"), target.resolve(name + ".pom"));
            Path jar = module.built();
            if (module.jar && Files.exists(jar)) { // the io_uring engine is not built on every JDK
                Files.copy(jar, target.resolve(name + ".jar"));
            }
        }
        return repository;
    }
}
