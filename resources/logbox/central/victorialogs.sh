#!/bin/sh
# VictoriaLogs, receiving by RFC 5424 over TLS. Put ca.pem, store.pem and store.key into /etc/guia-store on its computer.
# Asking for the certificate of whoever sends (-syslog.mtls, -syslog.mtlsCAFile) is said to need its Enterprise version;
# without it, let the firewall of that computer pass only the box to port 6516.
# Not tried by Guia. Source: docs.victoriametrics.com/victorialogs/data-ingestion/syslog, sections Security and mTLS,
# read 2026-11-26.
exec victoria-logs \
    -storageDataPath=/var/lib/victoria-logs \
    -retentionPeriod=@DAYS@d \
    -httpListenAddr=127.0.0.1:9428 \
    -syslog.listenAddr.tcp=:6516 \
    -syslog.tls \
    -syslog.tlsCertFile=/etc/guia-store/store.pem \
    -syslog.tlsKeyFile=/etc/guia-store/store.key
