package aio.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.registry.Choice;
import aio.core.registry.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/configuration.md shows can be configured, and means what it says there. */
class ConfigurationDocumentTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent().resolve("docs/configuration.md");
    private static final Pattern BLOCK =
            Pattern.compile("(?s)<!-- configuration: (\\w+) -->\n```\\w*\n(.*?)\n```");
    private static final Pattern CONFIG_LINE = Pattern.compile("(?m)^([\\w.]+)=([BLI]?)(\"[^\"]*\"|\\[[^]]*])$");
    private static final Pattern JSON_FIELD =
            Pattern.compile("\"([\\w.]+)(?::(\\w+))?\": (\"[^\"]*\"|\\[[^]]*]|\\w+)");
    private static final Pattern JSON_OBJECT = Pattern.compile("(?s)\"([\\w.~]+)\": \\{(.*?)}");

    private static Map<String, String> blocks() throws IOException {
        Map<String, String> blocks = new LinkedHashMap<>();
        Matcher block = BLOCK.matcher(Files.readString(DOCUMENT));
        while (block.find()) {
            blocks.put(block.group(1), block.group(2));
        }
        return blocks;
    }

    @Test
    void everyFormat_isTaken_andMeansTheSame() throws IOException {
        Map<String, String> blocks = blocks();
        assertThat(blocks).containsOnlyKeys("cfg", "config", "json");
        assertTaken(cfg(blocks.get("cfg")));
        assertTaken(fields(CONFIG_LINE, blocks.get("config")));
        assertTaken(jsonObjects(blocks.get("json")).get("aio.policy"));
    }

    @Test
    void typesOfTheFormats_areThoseOfTheMetatype() throws IOException {
        assertThat(fields(CONFIG_LINE, blocks().get("config")))
                .containsEntry("strict", true)
                .containsEntry("stop.wait.millis", 2000L)
                .containsEntry("history.size", 500);
        assertThat(jsonObjects(blocks().get("json")).get("aio.policy"))
                .containsEntry("strict", true)
                .containsEntry("stop.wait.millis", 2000L)
                .containsEntry("history.size", 500);
    }

    @Test
    void managedLoop_hasKeysThatExist() throws IOException {
        Map<String, Map<String, Object>> objects = jsonObjects(blocks().get("json"));
        assertThat(objects).containsOnlyKeys("aio.policy", ManagedLoopComponent.PID + "~edge");
        assertThat(objects.get(ManagedLoopComponent.PID + "~edge")).containsExactly(Map.entry("name", "edge"));
        assertThat(keys(ManagedLoopComponent.Config.class)).containsExactly("name");
    }

    private static void assertTaken(Map<String, Object> configuration) {
        assertThat(configuration).containsOnlyKeys(keys(Config.class));
        Settings.Parsed settings = Settings.DEFAULTS.with(configuration);
        assertThat(settings.problems()).isEmpty();
        assertThat(settings.settings()).isEqualTo(new Settings(true, 2000, 500));
        Choice.Parsed choice = Choice.of(configuration.get(Choice.PIN), configuration.get(Choice.RANKS));
        assertThat(choice.problems()).isEmpty();
        assertThat(choice.choice())
                .isEqualTo(new Choice("default", Map.of("winselector", 300, "loud", Integer.MIN_VALUE)));
    }

    /** The keys that the metatype has. */
    private static String[] keys(Class<?> config) {
        return Arrays.stream(config.getDeclaredMethods())
                .map(Method::getName)
                .map(name -> name.replace('_', '.'))
                .toArray(String[]::new);
    }

    private static Map<String, Object> cfg(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, Object> map = new HashMap<>();
        properties.forEach((key, value) -> map.put((String) key, value));
        return map;
    }

    private static Map<String, Map<String, Object>> jsonObjects(String text) {
        Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
        JSON_OBJECT.matcher(text.substring(1)).results()
                .forEach(object -> objects.put(object.group(1), fields(JSON_FIELD, object.group(2))));
        return objects;
    }

    private static Map<String, Object> fields(Pattern pattern, String text) {
        Map<String, Object> map = new HashMap<>();
        pattern.matcher(text).results().forEach(field -> map.put(field.group(1), value(field)));
        assertThat(map).hasSameSizeAs(text.strip().lines().toList());
        return map;
    }

    private static Object value(MatchResult field) {
        String type = field.group(2) == null ? "" : field.group(2).substring(0, Math.min(1, field.group(2).length()));
        String text = field.group(3);
        if (text.startsWith("[")) {
            return Arrays.stream(text.substring(1, text.length() - 1).split(","))
                    .map(element -> element.strip().replace("\"", ""))
                    .toArray(String[]::new);
        }
        String plain = text.replace("\"", "");
        return switch (type) {
            case "L" -> (Object) Long.valueOf(plain);
            case "I" -> Integer.valueOf(plain);
            case "B" -> Boolean.valueOf(plain);
            default -> plain.equals("true") ? (Object) true : plain;
        };
    }
}
