package aio.core.osgi;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Wall;
import aio.core.registry.Administration;
import aio.core.registry.Choice;
import aio.core.registry.Core;
import aio.core.registry.LoopConfigurations;
import aio.core.registry.Settings;
import aio.core.registry.TrialSettings;
import aio.loop.LoopDirectory;
import aio.policy.LoopFactory;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyRegistry;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The core as a component. It registers its services itself: policies are components that refer to the loop factory,
 * and are gotten while this one starts; if the component runtime registered the factory, it would see a circle and
 * refuse.
 */
@Component(service = {}, immediate = true, configurationPid = CoreComponent.PID)
@Designate(ocd = Config.class)
@Capability(
        namespace = "osgi.service",
        attribute = {
            "objectClass:List<String>=\"aio.policy.PolicyRegistry,aio.policy.PolicyAdmin,aio.policy.PolicyDirectory,"
                    + "aio.policy.LoopFactory\"",
            "uses:=\"aio.policy\""
        },
        effective = "active")
@Capability(
        namespace = "osgi.service",
        attribute = {"objectClass:List<String>=\"aio.loop.EventLoop,aio.loop.LoopDirectory\"", "uses:=\"aio.loop\""},
        effective = "active")
public final class CoreComponent {
    static final String PID = "aio.policy";
    private static final String SHARED = "shared";
    private static final CoreLog LOG = CoreLog.POLICY;

    private final Core core;
    private final Choices choices;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private volatile @Nullable ChoiceStorage storage;

    @Activate
    public CoreComponent(BundleContext context, Map<String, Object> configuration) {
        core = makeCore(context);
        choices = new Choices(() -> storage, core.registry()::configureChoice);
        undo.push(core::close);
        boolean started = false;
        try {
            start(context, configuration);
            started = true;
        } finally {
            if (!started) {
                stop();
            }
        }
    }

    private Core makeCore(BundleContext context) {
        try {
            String name = "bundle " + BundleOwners.of(context.getBundle());
            return new Core(new BundleOwners(), new InstalledPolicies(context), name);
        } catch (IllegalStateException e) {
            LOG.log(Level.ERROR, "policy: " + e.getMessage());
            throw e;
        }
    }

    private void start(BundleContext context, Map<String, Object> configuration) {
        choices.configured(configure(configuration));
        Administration administration = core.registry().administration();
        administration.storeChoices(choices);
        administration.configureLoopsBy(this::loopConfigurations);
        StoppedBundles bundles = new StoppedBundles(context, core);
        undo.push(bundles::close);
        bundles.open();
        // first the services that policies need, then the policies
        register(context, Core.class, core);
        register(context, LoopFactory.class, core.factory());
        register(context, PolicyRegistry.class, core.registry());
        register(context, PolicyAdmin.class, core.registry().admin());
        register(context, PolicyDirectory.class, core.registry().directory());
        register(context, LoopDirectory.class, core.loops());
        PolicyServices services = new PolicyServices(context, core.registry());
        undo.push(services::close);
        undo.push(core::unlink);
        services.open();
        LoopService shared = LoopService.open(context, core.loops(), SHARED, Integer.MAX_VALUE);
        undo.push(shared::close);
    }

    private <T> void register(BundleContext context, Class<T> type, T service) {
        ServiceRegistration<T> registration = context.registerService(type, service, null);
        undo.push(registration::unregister);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindStorage(ChoiceStorage present) {
        storage = present;
        present.onPassedOver(this::modified);
        choices.attached();
    }

    void unbindStorage(ChoiceStorage gone) {
        gone.onPassedOver(null);
        if (storage == gone) {
            storage = null;
        }
    }

    private LoopConfigurations loopConfigurations() {
        ChoiceStorage present = storage;
        return present == null ? LoopConfigurations.NONE : present.loops();
    }

    @Modified
    public void modified(Map<String, Object> configuration) {
        choices.configured(configure(configuration));
    }

    /** Takes the settings; returns what the operator wants. */
    private Choice configure(Map<String, Object> configuration) {
        Settings.Parsed parsed = core.registry().settings().with(configuration);
        parsed.problems().forEach(problem -> LOG.log(Level.ERROR, problem));
        core.registry().configure(parsed.settings());
        TrialSettings trials = TrialSettings.of(configuration::get);
        trials.problems().forEach(problem -> LOG.log(Level.ERROR, problem));
        core.registry().configureTrials(trials.options());
        Choice.Parsed choice = Choice.of(configuration::get);
        choice.problems().forEach(problem -> LOG.log(Level.ERROR, problem));
        return choice.choice();
    }

    @Deactivate
    public void stop() {
        ChoiceStorage present = storage;
        if (present != null) {
            present.onPassedOver(null);
        }
        while (!undo.isEmpty()) {
            Wall.run(LOG, Level.ERROR, "policy: a step of stopping the core failed, the others follow",
                    undo.pop()::run);
        }
    }
}
