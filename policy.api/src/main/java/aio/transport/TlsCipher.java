package aio.transport;

/**
 * The cipher of a TLS connection, in the three parts that asyncio gives.
 *
 * @param name of the cipher suite, such as {@code TLS_AES_256_GCM_SHA384}
 * @param protocol the version, such as {@code TLSv1.3}
 * @param secretBits the length of the key; 0 if the name does not tell
 */
public record TlsCipher(String name, String protocol, int secretBits) {}
