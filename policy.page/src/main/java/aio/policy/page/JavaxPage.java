package aio.policy.page;

import java.io.IOException;
import java.util.Dictionary;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.felix.webconsole.AbstractWebConsolePlugin;
import org.apache.felix.webconsole.User;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The door of the Web Console before version 5, as Karaf 4.4 has it. */
@SuppressWarnings("deprecation") // by version 5, which is what this is not for
final class JavaxPage extends AbstractWebConsolePlugin {
    private static final long serialVersionUID = 1;

    private final transient PageHandler handler;

    private JavaxPage(PageHandler handler) {
        this.handler = handler;
    }

    static ServiceRegistration<?> register(BundleContext context, PageHandler handler, Dictionary<String, ?> as) {
        JavaxPage page = new JavaxPage(handler);
        page.activate(context);
        return context.registerService(Servlet.class, page, as);
    }

    @Override
    public String getLabel() {
        return PageRequest.LABEL;
    }

    @Override
    public String getTitle() {
        return PageRequest.TITLE;
    }

    /** Serves everything itself: the header of the console would bring scripts of its own. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageReply reply = handler.handle(PageRequest.of(
                request.getMethod(), request.getPathInfo(), request.getRemoteUser(), request::getAttribute,
                JavaxPage::isAdmin, request::getHeader, request::getParameter));
        reply.head(response::setStatus, response::setContentType, response::setHeader, response::setContentLength);
        response.getOutputStream().write(reply.body());
    }

    @Override
    protected void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        service(request, response);
    }

    private static boolean isAdmin(Object user) {
        return user instanceof User known && known.authorize(PageRequest.ADMIN);
    }
}
