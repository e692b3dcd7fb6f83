// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <functional>

namespace lacuna::ui {

struct HttpRequest {
    QByteArray target{};
    QHash<QByteArray, QByteArray> headers{}; ///< names in lower case
    /// First byte that is asked for; -1: all of it.
    qint64 from() const
    {
        const QByteArray range = headers.value("range");
        return range.startsWith("bytes=") ? range.mid(6, range.indexOf('-') - 6).toLongLong() : -1;
    }
};

struct HttpAnswer {
    QByteArray status = "200 OK";
    QList<QByteArray> headers{}; ///< without Content-Length, which follows from `length`
    QByteArray body{};
    qint64 length =
        -2; ///< announced; -2: that of the body, -1: none, the end of the connection ends the body
    bool chunked = false;
    qint64 cutAfter = -1; ///< bytes of the body, then the connection is closed
    bool stall = false;   ///< after `cutAfter` bytes nothing more comes, but the connection stays
    int drip = 0;         ///< bytes of the body each millisecond; 0: all at once
    bool endless = false; ///< the body again and again
};

/// A web server on this computer whose every answer a test decides. Lives in the thread of the test.
class ScriptedServer : public QTcpServer {
public:
    std::function<HttpAnswer(const HttpRequest&)> answer{};
    QList<HttpRequest> requests{};
    qint64 bodyBytes = 0; ///< sent in all answers together

    ScriptedServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }

    QUrl url(const QString& path = QStringLiteral("/file.bin"),
             const QString& scheme = QStringLiteral("http")) const
    {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2%3").arg(scheme).arg(serverPort()).arg(path));
    }

    /// What an ordinary server answers: the file, or its rest when the validator is still right.
    static HttpAnswer file(const HttpRequest& request, const QByteArray& content,
                           const QByteArray& etag = "\"1\"")
    {
        HttpAnswer result{.headers = {"ETag: " + etag, "Accept-Ranges: bytes"}, .body = content};
        const QByteArray condition = request.headers.value("if-range");
        const qint64 from = request.from();
        if (from < 0 || (!condition.isEmpty() && condition != etag))
            return result;
        if (from >= content.size()) {
            result.status = "416 Range Not Satisfiable";
            result.headers << "Content-Range: bytes */" + QByteArray::number(content.size());
            result.body.clear();
            return result;
        }
        result.status = "206 Partial Content";
        result.headers << "Content-Range: bytes " + QByteArray::number(from) + "-"
                              + QByteArray::number(content.size() - 1) + "/"
                              + QByteArray::number(content.size());
        result.body = content.mid(from);
        return result;
    }

private:
    void read(QTcpSocket* socket)
    {
        QByteArray seen = socket->property("seen").toByteArray() + socket->readAll();
        if (!seen.startsWith("GET ")) { // a client that wants to talk TLS
            socket->write("nothing of the kind\r\n");
            return socket->disconnectFromHost();
        }
        const qsizetype end = seen.indexOf("\r\n\r\n");
        socket->setProperty("seen", seen);
        if (end < 0)
            return;
        socket->setProperty("seen", QByteArray());
        HttpRequest request;
        const QList<QByteArray> lines = seen.left(end).split('\n');
        request.target = lines[0].split(' ').value(1);
        for (const QByteArray& line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers[line.left(colon).trimmed().toLower()] = line.mid(colon + 1).trimmed();
        }
        requests << request;
        send(socket, answer ? answer(request) : HttpAnswer{.status = "404 Not Found"});
    }

    void send(QTcpSocket* socket, const HttpAnswer& reply)
    {
        QByteArray head = "HTTP/1.1 " + reply.status + "\r\n";
        for (const QByteArray& header : reply.headers)
            head += header + "\r\n";
        if (reply.chunked)
            head += "Transfer-Encoding: chunked\r\n";
        else if (reply.length != -1 && !reply.endless)
            head += "Content-Length: "
                    + QByteArray::number(reply.length == -2 ? qint64(reply.body.size()) : reply.length)
                    + "\r\n";
        socket->write(head + "Connection: close\r\n\r\n");
        const QByteArray body = reply.cutAfter >= 0 ? reply.body.left(reply.cutAfter) : reply.body;
        if (reply.drip > 0 || reply.endless)
            return dripOn(socket, reply, body, 0);
        bodyBytes += body.size();
        if (!reply.chunked)
            socket->write(body);
        else if (!body.isEmpty())
            socket->write(QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n");
        if (reply.stall)
            return;
        if (reply.chunked && reply.cutAfter < 0)
            socket->write("0\r\n\r\n");
        socket->disconnectFromHost();
    }

    void dripOn(QTcpSocket* socket, const HttpAnswer& reply, const QByteArray& body, qint64 at)
    {
        const qint64 step = reply.drip > 0 ? reply.drip : body.size();
        QPointer<QTcpSocket> alive = socket;
        QTimer::singleShot(1, this, [this, alive, reply, body, at, step] {
            if (!alive || alive->state() != QAbstractSocket::ConnectedState)
                return;
            const QByteArray piece = body.mid(reply.endless ? 0 : at, step);
            bodyBytes += piece.size();
            alive->write(piece);
            if (!reply.endless && at + step >= body.size())
                return alive->disconnectFromHost();
            dripOn(alive, reply, body, at + step);
        });
    }
};

} // namespace lacuna::ui
