package aio.policy.page;

import aio.policy.console.log.SafeLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Map;

/** Answers the requests of the page: its own files, what it shows, and what an operator does. Any thread. */
final class PageHandler {
    private static final SafeLog LOG = SafeLog.POLICY;
    private static final int FAILED = 500;
    /** The files of the page, by path, with their types. */
    private static final Map<String, String> FILES = Map.of(
            "", "text/html; charset=utf-8",
            "/icon.svg", "image/svg+xml",
            "/page.css", "text/css; charset=utf-8",
            "/page.js", "text/javascript; charset=utf-8",
            "/chart.js", "text/javascript; charset=utf-8");

    private final Guard guard;
    private final State state;
    private final Fleet fleet;
    private final Actions actions;

    PageHandler(Guard guard, State state, Fleet fleet, Actions actions) {
        this.guard = guard;
        this.state = state;
        this.fleet = fleet;
        this.actions = actions;
    }

    /** Returns the reply; what goes wrong becomes one as well. */
    PageReply handle(PageRequest request) {
        String user = request.user();
        if (user == null || user.isBlank()) {
            return PageReply.text(PageReply.FORBIDDEN, "no user is logged in, expected one: the console has to ask for"
                    + " a name and a password");
        }
        try {
            return switch (request.method()) {
                case "GET", "HEAD" -> get(request, user);
                case "POST" -> post(request, user);
                default -> notAllowed("GET, HEAD, POST");
            };
        } catch (IllegalArgumentException e) {
            return PageReply.text(PageReply.BAD_REQUEST, said(e));
        } catch (IllegalStateException e) {
            return PageReply.text(PageReply.CONFLICT, said(e));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the page could not reply to " + request.method() + " '" + request.path() + "'", e);
            return PageReply.text(FAILED, "something went wrong, see the log");
        }
    }

    private static String said(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }

    private static PageReply notAllowed(String methods) {
        return PageReply.text(PageReply.NOT_ALLOWED, "expected " + methods).with("Allow", methods);
    }

    private PageReply get(PageRequest request, String user) {
        String type = FILES.get(request.path());
        if (type != null) {
            return new PageReply(PageReply.OK, type, file(request.path().isEmpty() ? "/page.html" : request.path()));
        }
        return switch (request.path()) {
            case "/" -> PageReply.found("../" + PageRequest.LABEL);
            case "/state.json" -> PageReply.json(
                    state.json(user, request.mayChange(), guard.token(user), after(request)));
            // by itself: it may have to wait for others, and what is shown of this process must not
            case "/fleet.json" -> PageReply.json(fleet.json());
            case "/plan.json" -> PageReply.json(actions.plan(request));
            case "/do" -> notAllowed("POST");
            default -> PageReply.text(PageReply.NOT_FOUND, "there is nothing of that name");
        };
    }

    private static long after(PageRequest request) {
        String after = request.parameter("after");
        try {
            return after.isEmpty() ? 0 : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("after is '" + after + "', expected 'latest' of state.json", e);
        }
    }

    private static byte[] file(String path) {
        String name = path.substring(1);
        try (InputStream in = PageHandler.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the bundle has no file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + name + " of the page cannot be read", e);
        }
    }

    private PageReply post(PageRequest request, String user) {
        if (!request.path().equals("/do")) {
            return notAllowed("GET, HEAD");
        }
        String objection = guard.objection(request, user);
        if (objection != null) {
            LOG.log(Level.WARNING, "the page refuses a change in the name of '" + user + "': " + objection);
            return PageReply.text(PageReply.FORBIDDEN, objection);
        }
        if (!request.mayChange()) {
            return PageReply.text(PageReply.FORBIDDEN, "'" + user + "' does not have the role '" + PageRequest.ADMIN
                    + "', which changes something; expected a user that has it");
        }
        return PageReply.json(actions.act(request, user));
    }
}
