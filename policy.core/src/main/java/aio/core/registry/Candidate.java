package aio.core.registry;

import aio.core.foreign.Text;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicySource;
import aio.spi.IoDriverFactory;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing that may become the process-wide policy. What changes belongs to the lock of {@link Selection}. */
public final class Candidate {

    /** As services are ordered: highest ranking first, then the oldest. */
    static final Comparator<Candidate> ORDER = (a, b) -> {
        int byRanking = Integer.compare(b.ranking(), a.ranking());
        return byRanking != 0 ? byRanking : Long.compare(a.order, b.order);
    };

    final PolicySource source;
    final long serviceId;
    final Owner owner;
    final PolicyProvider provider;
    /** Says which object it is, unless it is a service: two of one name, or of one class, differ. */
    private final String instance;
    final Set<Thread> resolving = new HashSet<>();
    private final long order;
    Description description;
    /** The ranking that the operator gave it, or null. */
    @Nullable Integer rank;
    /** The ranking with which the operator confirmed it, if arrivals are to be confirmed, or null. */
    @Nullable Integer confirmed;
    /** Why it is not followed for a time, or null. */
    @Nullable Hold hold;
    @Nullable Resolution resolution;
    @Nullable String refusal;
    boolean gone;

    private Candidate(
            PolicySource source,
            long serviceId,
            long order,
            Owner owner,
            Description description,
            PolicyProvider provider,
            String instance) {
        this.source = source;
        this.serviceId = serviceId;
        this.order = order;
        this.owner = owner;
        this.description = description;
        this.provider = provider;
        this.instance = instance;
    }

    public static Candidate ofService(long serviceId, Owner owner, Description description, PolicyProvider provider) {
        return new Candidate(PolicySource.SERVICE, serviceId, serviceId, owner, description, provider, "");
    }

    /**
     * Makes a candidate of the class path; {@code order} counts up in the order of discovery.
     *
     * @param instance which one it is, for messages
     */
    public static Candidate ofClassPath(
            long order, Description description, PolicyProvider provider, String instance) {
        return new Candidate(PolicySource.CLASS_PATH, -1, order, Owner.NONE, description, provider, instance);
    }

    static Candidate ofCode(Owner owner, Description description, Resolution resolution) {
        String instance = Text.ofInstance(resolution.policy());
        Candidate candidate =
                new Candidate(PolicySource.CODE, -1, -1, owner, description, resolution::policy, instance);
        candidate.resolution = resolution;
        return candidate;
    }

    /** Refuses a candidate before it was ever asked, because it cannot even be loaded. */
    public Candidate refused(String reason) {
        refusal = reason;
        return this;
    }

    String name() {
        return description.name();
    }

    /** Returns the name and which object it is, for messages. */
    String text() {
        return "'" + name() + "' (" + instance() + ")";
    }

    /** Made when it is asked for: a change of the policy needs it only if something fails. */
    private String instance() {
        return (source == PolicySource.SERVICE ? "service " + serviceId : instance)
                + (owner.isNone() ? "" : " of " + owner);
    }

    /** Returns the name, with what tells it from {@code other} if that has the same one. */
    String nameBeside(@Nullable Candidate other) {
        if (other == null || other == this || !other.name().equals(name())) {
            return name();
        }
        return source == PolicySource.SERVICE ? name() + "#" + serviceId : name() + " (" + instance() + ")";
    }

    /** Returns the ranking that counts. */
    int ranking() {
        Integer given = rank != null ? rank : confirmed;
        return given == null ? description.ranking() : given;
    }

    /** Tells whether the operator wants it as it is: ranked or confirmed. */
    boolean isAccepted() {
        return rank != null || confirmed != null;
    }

    /** Tells whether {@code reference} means this one: its name, or {@code name#serviceId}. */
    boolean answersTo(String reference) {
        return reference.equals(name()) || reference.equals(name() + "#" + serviceId);
    }

    @Nullable EventLoopPolicy policy() {
        Resolution present = resolution;
        return present == null ? null : present.policy();
    }

    @Nullable IoDriverFactory driver() {
        Resolution present = resolution;
        return present == null ? null : present.driver();
    }

    /** Returns the driver that loops may go to; null if there is none, or the policy is refused. */
    @Nullable IoDriverFactory usableDriver() {
        return gone || refusal != null ? null : driver();
    }
}
