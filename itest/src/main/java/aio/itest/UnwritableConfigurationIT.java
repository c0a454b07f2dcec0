package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.itest.PlainPolicy.Registered;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.Configuration.ConfigurationAttribute;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Proves what happens to the operator's choice when the configuration cannot take it: it holds, the difference is
 * reported, and the next change of the configuration wins.
 */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class UnwritableConfigurationIT {
    private static final String PID = "aio.policy";

    /** Before each test, too: an existing configuration keeps its location. */
    @BeforeEach
    @AfterEach
    void delete() throws Exception {
        Configuration[] found =
                Framework.service(ConfigurationAdmin.class).listConfigurations("(service.pid=" + PID + ")");
        if (found != null) {
            found[0].removeAttributes(ConfigurationAttribute.READ_ONLY);
            found[0].delete();
        }
        Framework.admin().unpin();
    }

    private static List<String> why() {
        return Framework.directory().current().orElseThrow().why();
    }

    private static String current() {
        return Framework.directory().current().map(PolicyInfo::name).orElse("none");
    }

    private static Dictionary<String, Object> pin(String name) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("pin", name);
        return properties;
    }

    @Test
    void readOnlyConfiguration_doesNotFailThePin_andItsNextChangeWins() throws Exception {
        Configuration configuration = Framework.service(ConfigurationAdmin.class).getConfiguration(PID, "?");
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            configuration.update(pin("high"));
            Await.until("the pin is taken", () -> Framework.directory().pinned().isPresent());
            configuration.addAttributes(ConfigurationAttribute.READ_ONLY);

            assertThat(Framework.admin().pin("low")).flatMap(PolicyChange::to).hasValue("low");
            assertThat(Framework.admin().rank("high", 7)).isEmpty();
            assertThat(configuration.getProperties().get("pin")).isEqualTo("high");
            assertThat(why()).anySatisfy(reason -> assertThat(reason).isEqualTo(
                    "differs from the configuration 'aio.policy', which has the pin 'high', since it is read-only:"
                    + " change it where it is made; the next change of it wins"));
            assertThat(Framework.admin().unpin()).flatMap(PolicyChange::to).hasValue("high");
            assertThat(why()).anyMatch(reason -> reason.startsWith("differs from the configuration"));

            configuration.removeAttributes(ConfigurationAttribute.READ_ONLY);
            configuration.update(pin("low"));
            Await.until("the configuration wins", () -> current().equals("low"));
            assertThat(Framework.directory().ranks()).isEmpty();
            assertThat(why()).noneMatch(reason -> reason.startsWith("differs"));
        }
    }

    /** File Install leaves it so where a file was deleted while the framework was down. */
    @Test
    void configurationOfAFileThatIsGone_isTold_whetherItCanBeWrittenOrNot() throws Exception {
        Configuration configuration = Framework.service(ConfigurationAdmin.class).getConfiguration(PID, "?");
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            Dictionary<String, Object> properties = pin("low");
            properties.put("felix.fileinstall.filename", "file:/nowhere/aio.policy.config");
            configuration.update(properties);
            Await.until("the pin is taken", () -> current().equals("low"));
            String gone = "has the pin 'low' from file 'file:/nowhere/aio.policy.config', which is gone: that holds"
                    + " until there is a file of that name again, ";
            assertThat(why()).contains(gone + "or until policy:auto");

            configuration.addAttributes(ConfigurationAttribute.READ_ONLY);
            Framework.admin().pin("high");
            assertThat(why()).contains("differs from the configuration 'aio.policy', which has the pin 'low', since it"
                    + " is read-only, and file 'file:/nowhere/aio.policy.config', which it came from, is gone: write"
                    + " that file again; the next change of it wins");
            Framework.admin().pin("low");
            assertThat(why()).contains(gone + "and policy:auto until a restart");
        }
    }

    /** File Install may look at a file just when somebody has made it empty to write it. */
    @Test
    void configurationOfAnEmptyFile_isNotTaken_butThatOfOneWithCommentsIs() throws Exception {
        Path file = Files.createTempFile("aio.policy", ".config");
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            Configuration configuration = Framework.service(ConfigurationAdmin.class).getConfiguration(PID, "?");
            configuration.update(of(file, pin("low")));
            Await.until("the pin is taken", () -> current().equals("low"));
            for (String text : List.of("", "pin=\"high\"\n")) { // it was empty when it was read, and is, or is no more
                Files.writeString(file, text);
                configuration.update(of(file, new Hashtable<>()));
                Await.until("it is told", () -> why().contains("differs from the configuration 'aio.policy', which is"
                        + " not taken, since it has no key: file '" + file.toUri() + "' was empty when it was"
                        + " read; write the whole file, or pin=\"\" to pin nothing; the next change of it wins"));
                assertThat(current()).isEqualTo("low");
                configuration.update(of(file, pin("low")));
                Await.until("it is whole", () -> why().stream().noneMatch(reason -> reason.startsWith("differs")));
            }
            Files.writeString(file, "# pin=\"low\"\n\n");
            configuration.update(of(file, new Hashtable<>()));
            Await.until("there is no pin any more", () -> current().equals("high"));
        } finally {
            Files.delete(file);
        }
    }

    private static Dictionary<String, Object> of(Path file, Dictionary<String, Object> properties) {
        properties.put("felix.fileinstall.filename", file.toUri().toString());
        return properties;
    }

    @Test
    void configurationBoundToAnotherBundle_isNotWrittenTo_andAStrangersPinIsNotTaken() throws Exception {
        Await.until("no pin of another test is left", () -> Framework.directory().pinned().isEmpty());
        ConfigurationAdmin admin = Framework.service(ConfigurationAdmin.class);
        Configuration configuration = admin.getConfiguration(PID, "file:somebody.jar");
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            configuration.update(pin("low"));
            assertThat(Framework.admin().pin("low")).flatMap(PolicyChange::to).hasValue("low");
            assertThat(why()).anySatisfy(reason -> assertThat(reason).startsWith(
                    "differs from the configuration 'aio.policy', which is not taken, since it is bound to"
                    + " the bundle at 'file:somebody.jar'"));

            Bundle core = Framework.bundle(Framework.CORE);
            core.stop();
            core.start();
            Await.until("the policies are back", () -> Framework.directory().policies().size() >= 2);
            assertThat(current()).isEqualTo("high");

            configuration.setBundleLocation("?");
            configuration.update(pin("low"));
            Await.until("it is taken as soon as it is everybody's", () -> current().equals("low"));
        }
    }
}
