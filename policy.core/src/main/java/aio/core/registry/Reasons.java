package aio.core.registry;

import aio.policy.PolicyReason;
import aio.policy.PolicyScope;
import aio.policy.PolicySource;
import aio.policy.PolicyState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains a candidate to people. Reads under the lock of {@link Selection}, calls no other code. */
final class Reasons {
    private final Contenders.View view;
    private final List<String> remarks;
    private final @Nullable Candidate remarked;
    private final String pinner;

    /**
     * Makes what explains.
     *
     * @param all the candidates of the view, which are ordered once for all of them
     * @param remarks what is told of the one that is current, or comes first if none is
     * @param pinner the operator who has pinned the policy that is pinned
     */
    Reasons(Contenders.View view, List<Candidate> all, List<String> remarks, String pinner) {
        this.view = view;
        this.remarks = remarks;
        this.pinner = pinner;
        this.remarked = view.current() != null || all.isEmpty() ? view.current() : all.get(0);
    }

    List<String> of(Candidate candidate) {
        List<String> sentences = new ArrayList<>();
        sentences.add(origin(candidate));
        if (candidate.description.rankingProblem() != null) {
            sentences.add(candidate.description.rankingProblem());
        }
        sentences.add(sentence(candidate));
        if (candidate.hold != null && reasonOf(candidate) != PolicyReason.HELD_DOWN) {
            sentences.add((candidate == view.current()
                    ? "would be held down, were it not pinned or the only one that works: "
                    : "held down: ") + view.ranked().heldDown(candidate));
        }
        String confirmation = confirmation(candidate);
        if (confirmation != null) {
            sentences.add(confirmation);
        }
        view.scopesOf(candidate).forEach(scope -> sentences.add(scoped(scope)));
        Resolution resolution = candidate.resolution;
        if (resolution != null && resolution.problem() != null) {
            sentences.add(resolution.problem());
        } else if (resolution != null && resolution.driver() == null) {
            sentences.add("brings no driver: new loops only, running loops keep theirs");
        }
        if (candidate == remarked) {
            sentences.addAll(remarks);
        }
        return List.copyOf(sentences);
    }

    /** Says why the loops of a scope have it. */
    private static String scoped(PolicyScope scope) {
        return switch (scope.kind()) {
            case CANARY -> "tried on " + scope + ", before others get it";
            case LOOP -> "has " + scope + ": the operator pinned it there; policy:auto --loop "
                    + scope.loopName().orElse("") + " removes the pin";
            case BUNDLE -> "has " + scope + ": the operator pinned it there; policy:auto --bundle "
                    + scope.bundleId().orElse(-1) + " removes the pin";
            case PROCESS -> "has all loops";
        };
    }

    private String origin(Candidate candidate) {
        String ranking = Description.text(candidate.ranking());
        String given = Description.text(candidate.description.ranking());
        if (candidate.rank != null) {
            return "ranking " + ranking + ", from configuration aio.policy, instead of " + given
                    + ": policy:rank " + candidate.name() + " --reset removes it";
        }
        Integer confirmed = candidate.confirmed;
        if (confirmed != null && confirmed != candidate.description.ranking()) {
            return "ranking " + ranking + ", as it was confirmed, instead of " + given;
        }
        return switch (candidate.source) {
            case SERVICE -> "ranking " + ranking + ", from service.ranking of service " + candidate.serviceId
                    + (candidate.owner.isNone() ? "" : " of bundle " + candidate.owner);
            case CLASS_PATH -> "ranking " + ranking + ", from @PolicyProperties of its class on the class path";
            case CODE -> "installed by code" + by(view.installs().installer(candidate))
                    + ": it has no ranking, only a pin goes before it";
        };
    }

    private @Nullable String confirmation(Candidate candidate) {
        String name = candidate.name();
        Integer confirmed = candidate.confirmed;
        if (confirmed != null) {
            int own = candidate.description.ranking();
            return "confirmed with ranking " + Description.text(confirmed) + ": policy:confirm " + name
                    + " --reset takes it back" + (own == confirmed ? "" : "; policy:confirm " + name
                            + " confirms " + Description.text(own) + ", which it says now");
        }
        return candidate == view.current() && view.ranked().isUnconfirmed(candidate)
                ? "not confirmed, so another one may be current after a restart: policy:confirm " + name
                : null;
    }

    private static String by(@Nullable Owner installer) {
        return installer == null || installer.isNone() ? "" : " of bundle " + installer;
    }

    /** Says what a candidate is now. */
    PolicyState stateOf(Candidate candidate) {
        if (candidate == view.current()) {
            return PolicyState.CURRENT;
        }
        if (candidate.refusal != null) {
            return PolicyState.REFUSED;
        }
        if (candidate.hold != null) {
            return PolicyState.HELD_DOWN;
        }
        return view.ranked().isUnconfirmed(candidate) ? PolicyState.UNCONFIRMED : PolicyState.STANDBY;
    }

    /** Says in one word why a candidate is or is not current; {@link #of} says it in sentences. */
    PolicyReason reasonOf(Candidate candidate) {
        Candidate current = view.current();
        if (candidate.refusal != null) {
            return PolicyReason.REFUSED;
        }
        if (candidate == current) {
            return reasonOfCurrent(candidate);
        }
        if (current == null) {
            return PolicyReason.NOT_CHOSEN_YET;
        }
        if (current == view.named()) {
            return PolicyReason.OTHER_PINNED;
        }
        if (current.source == PolicySource.CODE) {
            return PolicyReason.OTHER_INSTALLED;
        }
        if (candidate.hold != null && current.hold == null) {
            return PolicyReason.HELD_DOWN;
        }
        if (view.ranked().isUnconfirmed(candidate)
                && (view.ranked().isUnconfirmed(current) || Candidate.ORDER.compare(candidate, current) < 0)) {
            return PolicyReason.UNCONFIRMED;
        }
        return current.ranking() == candidate.ranking()
                ? PolicyReason.OTHER_CAME_FIRST
                : PolicyReason.LOWER_RANKING;
    }

    private PolicyReason reasonOfCurrent(Candidate current) {
        if (current == view.named()) {
            return PolicyReason.PINNED;
        }
        if (current.source == PolicySource.CODE) {
            return PolicyReason.INSTALLED;
        }
        return ahead(current).isEmpty() ? PolicyReason.HIGHEST_RANKING : PolicyReason.OTHERS_HELD_BACK;
    }

    /** Returns those that have a higher ranking than a candidate and work, but are held back. */
    private List<Candidate> ahead(Candidate candidate) {
        return view.ranked().all().stream()
                .takeWhile(each -> each != candidate)
                .filter(each -> each.refusal == null)
                .toList();
    }

    private String sentence(Candidate candidate) {
        Candidate current = view.current();
        String name = current == null ? "" : "'" + current.name() + "'";
        return switch (reasonOf(candidate)) {
            case REFUSED -> "refused: " + candidate.refusal;
            case PINNED -> "current: the " + pinner + " pinned '" + view.pin() + "'; policy:auto removes the pin";
            case INSTALLED -> "current: it was installed last; it ends with setEventLoopPolicy(null)"
                    + (candidate.owner.isNone() ? "" : " or when bundle " + candidate.owner + " stops");
            case HIGHEST_RANKING -> "current: the highest ranking of all that work" + absentPin();
            case OTHERS_HELD_BACK -> "current: the highest ranking of all that work and are not held back, as "
                    + ahead(candidate).stream().map(each -> "'" + each.name() + "'").collect(Collectors.joining(", "))
                    + (ahead(candidate).size() == 1 ? " is" : " are") + absentPin();
            case HELD_DOWN -> "held down: " + view.ranked().heldDown(candidate) + ": mend what makes it leave, or"
                    + " policy:use " + candidate.name();
            case UNCONFIRMED -> "not current: it is not confirmed, and " + Caution.CONFIRM_ARRIVALS + " is true:"
                    + " policy:confirm " + candidate.name() + ", or policy:use " + candidate.name();
            case NOT_CHOSEN_YET -> "not current: not chosen yet";
            case OTHER_PINNED -> "not current: the " + pinner + " pinned '" + view.pin()
                    + "': policy:auto removes the pin";
            case OTHER_INSTALLED -> "not current: " + name + " was installed by code" + byInstallerOf(current)
                    + ": setEventLoopPolicy(null) drops it, policy:use " + candidate.name() + " goes before it";
            case OTHER_CAME_FIRST -> "not current: " + name + " has the same ranking and came first"
                    + howToRaise(candidate);
            case LOWER_RANKING -> "not current: " + name + " has the higher ranking "
                    + (current == null ? "" : Description.text(current.ranking())) + howToRaise(candidate);
        };
    }

    private String byInstallerOf(@Nullable Candidate installed) {
        return installed == null ? "" : by(view.installs().installer(installed));
    }

    private static String howToRaise(Candidate candidate) {
        return ": policy:rank or service.ranking raise it, or policy:use " + candidate.name();
    }

    private String absentPin() {
        return view.pin() == null || view.named() != null
                ? ""
                : "; the pin '" + view.pin() + "' takes hold when its policy comes";
    }
}
