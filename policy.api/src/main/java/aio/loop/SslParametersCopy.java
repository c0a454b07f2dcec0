package aio.loop;

import java.lang.reflect.InvocationTargetException;
import javax.net.ssl.SSLParameters;

/** Copies parameters, which the JDK cannot. Any thread. */
final class SslParametersCopy {
    /** Properties that later versions of Java have added: their names after get and set. */
    private static final String[] LATER = {"SignatureSchemes", "NamedGroups"};

    private SslParametersCopy() {}

    static SSLParameters of(SSLParameters given) {
        SSLParameters copy = new SSLParameters(given.getCipherSuites(), given.getProtocols());
        if (given.getNeedClientAuth()) {
            copy.setNeedClientAuth(true);
        } else {
            copy.setWantClientAuth(given.getWantClientAuth());
        }
        copy.setAlgorithmConstraints(given.getAlgorithmConstraints());
        copy.setEndpointIdentificationAlgorithm(given.getEndpointIdentificationAlgorithm());
        if (given.getServerNames() != null) {
            copy.setServerNames(given.getServerNames());
        }
        if (given.getSNIMatchers() != null) {
            copy.setSNIMatchers(given.getSNIMatchers());
        }
        copy.setUseCipherSuitesOrder(given.getUseCipherSuitesOrder());
        copy.setEnableRetransmissions(given.getEnableRetransmissions());
        copy.setMaximumPacketSize(given.getMaximumPacketSize());
        copy.setApplicationProtocols(given.getApplicationProtocols());
        for (String property : LATER) {
            copyLater(property, given, copy);
        }
        return copy;
    }

    private static void copyLater(String property, SSLParameters from, SSLParameters to) {
        try {
            Object value = SSLParameters.class.getMethod("get" + property).invoke(from);
            SSLParameters.class.getMethod("set" + property, String[].class).invoke(to, value);
        } catch (NoSuchMethodException e) {
            return; // this Java does not have it, so it cannot have been set
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("\"" + property + "\" of the SSL parameters cannot be copied", e);
        }
    }
}
