package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bundle that is started, declares a policy and does not bring it: the console knows what it waits for. */
@Timeout(180)
class MissingPolicyIT {
    @TempDir
    private Path folder;

    @Test
    void componentThatWaits_isExplained() throws Exception {
        Path service = bundle("waiting", "<reference name=\"clock\" interface=\"java.util.concurrent.Callable\""
                + " target=\"(kind=never)\"/>", "");
        Path configuration = bundle("unconfigured", "", " configuration-policy=\"require\"");
        Path none = bundle("silent", null, "");
        String script = String.join("; ", "install " + service.toUri(), "start waiting",
                "install " + configuration.toUri(), "start unconfigured", "install " + none.toUri(), "start silent",
                "policy:why", "policy:list --all",
                "try { policy:use waiting } { echo refused }", "policy:use silent");
        try (RunningContainer container = new RunningContainer("-c", script)) {
            assertThat(container.exitCode()).as(() -> String.join("\n", container.output())).isEqualTo(1);
            String output = String.join("\n", container.output());
            for (String line : new String[] {
                "waiting: Bundle waiting \\[\\d+] is started, but its component 'waiting.component' waits for the"
                        + " service java.util.concurrent.Callable with \\(kind=never\\)",
                "unconfigured: Bundle unconfigured \\[\\d+] is started, but its component 'unconfigured.component'"
                        + " waits for a configuration 'unconfigured.component'",
                "silent: Bundle silent \\[\\d+] is started, but has registered no policy: its log may say why"}) {
                assertThat(output).containsPattern("(?s)\n  missing: " + line + "\n.*\n  missing: " + line + "\n");
            }
            assertThat(output).containsPattern("error: no policy 'silent'; present: default."
                    + " Bundle silent \\[\\d+] is started, but has registered no policy");
            assertThat(output).contains("refused");
        }
    }

    /** Makes a bundle that declares a policy, with a component that is never made, or with none at all. */
    private Path bundle(String name, String inside, String attributes) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Provide-Capability", "aio.policy;aio.policy=" + name);
        main.putValue("Service-Component", inside == null ? "" : "OSGI-INF/c.xml");
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            if (inside != null) {
                String xml = "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\""
                        + " name=\"" + name + ".component\"" + attributes + "><implementation class=\"none.None\"/>"
                        + "<service><provide interface=\"aio.policy.EventLoopPolicy\"/></service>" + inside
                        + "</scr:component>";
                out.putNextEntry(new JarEntry("OSGI-INF/c.xml"));
                out.write(xml.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        assertThat(jar).exists();
        return jar;
    }
}
