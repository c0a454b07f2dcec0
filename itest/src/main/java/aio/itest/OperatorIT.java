package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.itest.PlainPolicy.Registered;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyRegistry;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Proves what the operator's pin does: it goes before code and rankings, waits for its policy, and is written down. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class OperatorIT {
    private static final String PID = "aio.policy";

    private final PolicyRegistry registry = Framework.registry();
    private final PolicyAdmin admin = Framework.admin();
    private final PolicyDirectory directory = Framework.directory();

    private String current() {
        return directory.current().map(PolicyInfo::name).orElse("none");
    }

    @Test
    void pin_goesBeforeRankings_untilItIsRemoved() {
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            assertThat(admin.pin("low")).hasValueSatisfying(change -> {
                assertThat(change.from()).hasValue("high");
                assertThat(change.to()).hasValue("low");
                assertThat(change.who()).isEqualTo("operator");
            });
            assertThat(current()).isEqualTo("low");
            assertThat(directory.current()).hasValueSatisfying(policy -> assertThat(policy.pinned()).isTrue());
            high.rank(300);
            assertThat(current()).isEqualTo("low");

            assertThat(admin.unpin()).flatMap(PolicyChange::to).hasValue("high");
            assertThat(current()).isEqualTo("high");
            assertThat(admin.unpin()).isEmpty();
        }
    }

    @Test
    void pin_goesBeforeWhatCodeInstalls() {
        PlainPolicy installed = new PlainPolicy();
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy())) {
            admin.pin("default");
            EventLoops.setEventLoopPolicy(installed);
            assertThat(current()).isEqualTo("default");
            admin.unpin();
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(installed);
            EventLoops.setEventLoopPolicy(null);
            assertThat(current()).isEqualTo("low");
        } finally {
            admin.unpin();
        }
    }

    @Test
    void pin_waitsForItsPolicy_andTakesHoldAgainWhenItReturns() throws Exception {
        try (Installed win = Installed.winselector();
                Registered high = PlainPolicy.register("high", 500, new PlainPolicy())) {
            win.start();
            assertThat(current()).isEqualTo("high");
            admin.pin("winselector");
            assertThat(current()).isEqualTo("winselector");
            win.stop();
            assertThat(current()).isEqualTo("high");
            assertThat(directory.pinned()).hasValue("winselector");
            win.start();
            assertThat(current()).isEqualTo("winselector");
        } finally {
            admin.unpin();
        }
    }

    @Test
    void pin_ofAnUnknownName_isRefused_andSaysWhatIsThere() throws Exception {
        assertThatThrownBy(() -> admin.pin("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no policy 'nobody'; present: default");
        try (Installed win = Installed.winselector()) {
            assertThatThrownBy(() -> admin.pin("winselector"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no policy 'winselector'; present: default. Bundle " + win.name()
                            + " is installed, not started: start " + win.id());
        }
        assertThat(directory.pinned()).isEmpty();
    }

    @Test
    void pin_isWrittenToTheConfiguration_andReadAgainByARestartedCore() throws Exception {
        try (Installed win = Installed.winselector()) {
            win.start();
            admin.pin("default");
            assertThat(configuration().getProperties().get("pin")).isEqualTo("default");

            Bundle core = Framework.bundle(Framework.CORE);
            core.stop();
            core.start();

            PolicyDirectory anew = Framework.directory();
            assertThat(anew).isNotSameAs(directory);
            assertThat(anew.pinned()).hasValue("default");
            Await.until("both policies are back", () -> anew.policies().size() == 2);
            assertThat(anew.current()).map(PolicyInfo::name).hasValue("default");
        } finally {
            Framework.admin().unpin();
            configuration().delete();
        }
    }

    @Test
    void rank_isWrittenToTheConfiguration_andReadAgainByARestartedCore() throws Exception {
        try (Installed win = Installed.winselector()) {
            win.start();
            assertThat(admin.rank("default", 300)).flatMap(PolicyChange::to).hasValue("default");
            assertThat((String[]) configuration().getProperties().get("ranks")).containsExactly("default=300");

            Bundle core = Framework.bundle(Framework.CORE);
            core.stop();
            core.start();

            PolicyDirectory anew = Framework.directory();
            Await.until("both policies are back", () -> anew.policies().size() == 2);
            assertThat(anew.ranks()).containsEntry("default", 300).hasSize(1);
            assertThat(anew.current()).map(PolicyInfo::name).hasValue("default");
            assertThat(anew.current().orElseThrow().why()).first().asString().contains("from configuration aio.policy");
            assertThat(Framework.admin().unrank("default")).flatMap(PolicyChange::to).hasValue("winselector");
            assertThat(configuration().getProperties().get("ranks")).isNull();
        } finally {
            Framework.admin().unrank("default");
            configuration().delete();
        }
    }

    @Test
    void rank_isTakenFromTheConfiguration_alsoAsText() throws Exception {
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put("ranks", "low=3, absent=9");
            configuration().update(properties);
            Await.until("the rank of the configuration holds", () -> current().equals("low"));
            configuration().delete();
            Await.until("the rank is gone with the configuration", () -> current().equals("high"));
        }
    }

    @Test
    void pin_isTakenFromTheConfiguration() throws Exception {
        try (Registered low = PlainPolicy.register("low", 1, new PlainPolicy());
                Registered high = PlainPolicy.register("high", 2, new PlainPolicy())) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put("pin", "low");
            configuration().update(properties);
            Await.until("the pin of the configuration holds", () -> current().equals("low"));
            configuration().delete();
            Await.until("the pin is gone with the configuration", () -> current().equals("high"));
        }
    }

    @Test
    void pinAfterPin_isNeverFlippedBackByALateConfiguration() throws Exception {
        List<String> flips = new ArrayList<>();
        try (Registered a = PlainPolicy.register("a", 1, new PlainPolicy());
                Registered b = PlainPolicy.register("b", 2, new PlainPolicy());
                Installation listening = directory.addListener(change -> flips.add(change.to().orElse("none")))) {
            List<String> wanted = new ArrayList<>();
            for (int round = 0; round < 50; round++) {
                String name = round % 2 == 0 ? "a" : "b";
                admin.pin(name);
                wanted.add(name);
                assertThat(current()).isEqualTo(name);
            }
            Await.until("the configuration has the last pin",
                    () -> "b".equals(configuration().getProperties().get("pin")));
            admin.pin("a");
            wanted.add("a");
            assertThat(flips).isEqualTo(wanted);
        } finally {
            admin.unpin();
            configuration().delete();
        }
    }

    @Test
    void names_areForPeople_twoOfOneNameAreToldApartByTheirService() {
        EventLoopPolicy first = new PlainPolicy();
        EventLoopPolicy second = new PlainPolicy();
        try (Registered a = PlainPolicy.register("twin", 1, first);
                Registered b = PlainPolicy.register("twin", 2, second)) {
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(second);
            admin.pin("twin#" + a.serviceId());
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(first);
            assertThat(Framework.directory().policies()).filteredOn(each -> each.isCalled("twin#" + a.serviceId()))
                    .singleElement().satisfies(pinned -> assertThat(pinned.pinned()).isTrue());
            assertThat(Framework.directory().policies()).filteredOn(each -> each.isCalled("twin")).hasSize(2);
        } finally {
            admin.unpin();
        }
    }

    private static Configuration configuration() throws Exception {
        return Framework.service(ConfigurationAdmin.class).getConfiguration(PID, "?");
    }
}
