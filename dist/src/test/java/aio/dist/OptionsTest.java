package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The command line. */
class OptionsTest {

    @Test
    void nothing_readsTerminalOrPipe() {
        assertThat(Options.parse()).isEqualTo(new Options(false, null, false, 0, null, Map.of()));
    }

    @Test
    void everything_isRead() {
        assertThat(Options.parse("-c", "a; b", "--serve", "--drain", "5", "--storage", "kept", "--http-port", "80",
                        "--echo-port", "7"))
                .isEqualTo(new Options(
                        false,
                        "a; b",
                        true,
                        5,
                        Path.of("kept"),
                        Map.of("aio.example.http.port", "80", "aio.example.echo.port", "7")));
        assertThat(Options.parse("--help").help()).isTrue();
    }

    @Test
    void portZero_becomesAFreeOne() {
        String port = Options.parse("--http-port", "0").ports().get("aio.example.http.port");
        assertThat(Integer.parseInt(port)).isBetween(1, 65535);
    }

    @Test
    void mistakes_areNamed() {
        assertThatThrownBy(() -> Options.parse("--nope")).hasMessage("unknown option '--nope'; see --help");
        assertThatThrownBy(() -> Options.parse("-c")).hasMessage("option '-c' lacks its value; see --help");
        assertThatThrownBy(() -> Options.parse("--http-port", "70000"))
                .hasMessage("aio.example.http.port is '70000': expected a port, 0 to 65535");
        assertThatThrownBy(() -> Options.parse("--echo-port", "-1"))
                .hasMessage("aio.example.echo.port is '-1': expected a port, 0 to 65535");
        assertThatThrownBy(() -> Options.parse("--drain", "soon"))
                .hasMessage("--drain is 'soon': expected seconds, 0 to 86400");
    }
}
