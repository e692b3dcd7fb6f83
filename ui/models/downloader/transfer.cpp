// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/downloader/transfer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <algorithm>

#include "engine/core/atomic_file.h"
#include "ui/models/downloader/local_proxy.h"

namespace lacuna::ui {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Phase = DownloadProgress::Phase;

namespace {

constexpr qint64 readBuffer = 1 << 20;
constexpr qint64 reportEvery = 100, speedOver = 2000; // ms
constexpr std::uint64_t checkSpaceEvery = 16'000'000;
constexpr auto lookAgain = 500ms; ///< whether the other program has finished
constexpr std::size_t largestOrigin = 1 << 16;

QJsonObject readOrigin(const fs::path& file)
{
    try {
        const auto bytes = read_file(file, largestOrigin);
        return QJsonDocument::fromJson(
                   QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())))
            .object();
    } catch (const Error&) {
        return {}; // none yet
    }
}

} // namespace

Transfer::Transfer(DownloadJob job, DownloadRules rules) : job_(std::move(job)), rules_(std::move(rules))
{
    for (QTimer* timer : {&stall_, &pause_})
        timer->setSingleShot(true);
    connect(&stall_, &QTimer::timeout, this, [this] {
        stalled_ = true;
        if (reply_)
            reply_->abort();
    });
    connect(&pause_, &QTimer::timeout, this,
            [this] { guarded([this] { file_ ? connectNext() : begin(); }); });
}

Transfer::~Transfer()
{
    abandonReply();
}

template <typename Work> void Transfer::guarded(Work&& work)
{
    if (over_)
        return;
    try {
        work();
    } catch (const Error& error) {
        fail(error);
    } catch (const std::exception& error) {
        fail(QString::fromUtf8(error.what()), DownloadText::tr("Try again"));
    }
}

void Transfer::start()
{
    clock_.start();
    guarded([this] {
        checkJob(job_, rules_);
        network_ = std::make_unique<QNetworkAccessManager>();
        network_->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        network_->setProxyFactory(new LocalProxy(rules_.proxy)); // takes ownership
        begin();
    });
}

void Transfer::stop()
{
    stopAsked_ = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (over_)
                return;
            close();
            Q_EMIT stopped();
        },
        Qt::QueuedConnection);
}

/// Takes the lock, then looks at what is there already.
void Transfer::begin()
{
    if (stopAsked_)
        return;
    if (!lock_) {
        std::error_code error;
        fs::create_directories(job_.folder, error);
        if (error)
            throw Error(ErrorKind::Output, job_.folder.string(), "cannot be created: " + error.message(),
                        "Check the permissions of the folder", "Nothing was fetched.");
        LockHolder holder;
        lock_ = LockFile::take(job_.partial(), holder);
    }
    if (!lock_) {
        report(Phase::Waiting);
        return pause_.start(lookAgain);
    }
    if (fs::exists(job_.target())) {
        report(Phase::Checking);
        const std::string hash = hashOfFile(job_.target(), stopAsked_);
        if (hash.empty())
            return;
        if (hash != job_.sha256.toStdString())
            return fail(DownloadText::tr("another file of this name is in the folder already"),
                        DownloadText::tr("Move it away, then try again"));
        const QString path = QString::fromStdU16String(job_.target().u16string());
        close();
        Q_EMIT finished(path);
        return;
    }
    if (rules_.offline)
        return fail(
            DownloadText::tr("is not fetched, because Lacuna is set to work offline"),
            DownloadText::tr("Allow the network below the list of models, or place the file yourself"));
    file_ = std::make_unique<PartialFile>(job_.partial());
    if (file_->size() > job_.bytes)
        file_->restart();
    inPieces_ = file_->size() > 0;
    most_ = file_->size();
    connectNext();
}

void Transfer::connectNext()
{
    if (stopAsked_)
        return;
    if (file_->size() == job_.bytes)
        return check();
    requireSpace();
    redirects_ = 0;
    ask(job_.addresses[address_]);
}

/// The validator that makes the server send the rest only of the same file; none for another address.
QByteArray Transfer::validator() const
{
    const QJsonObject origin = readOrigin(job_.origin());
    if (origin.value(QLatin1String("url")).toString() != job_.addresses[address_].toString())
        return {};
    const QByteArray etag = origin.value(QLatin1String("etag")).toString().toLatin1();
    if (etag.startsWith('"')) // a weak one may stand for other bytes
        return etag;
    return origin.value(QLatin1String("modified")).toString().toLatin1();
}

void Transfer::ask(const QUrl& address)
{
    report(Phase::Connecting);
    answer_.reset();
    stalled_ = tooLong_ = false;
    asked_ = file_->size();
    QNetworkRequest request(address);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setHeader(QNetworkRequest::UserAgentHeader, QByteArrayLiteral("Lacuna/" LACUNA_VERSION));
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    if (asked_ > 0) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(qulonglong(asked_)) + "-");
        if (const QByteArray same = validator(); !same.isEmpty())
            request.setRawHeader("If-Range", same);
    }
    reply_ = network_->get(request);
    reply_->setReadBufferSize(readBuffer);
    connect(reply_, &QNetworkReply::metaDataChanged, this, [this] { guarded([this] { judgeHeaders(); }); });
    connect(reply_, &QNetworkReply::readyRead, this, [this] { guarded([this] { take(); }); });
    connect(reply_, &QNetworkReply::finished, this, [this] { guarded([this] { ended(); }); });
    stall_.start(rules_.stall);
}

void Transfer::judgeHeaders()
{
    const int status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (answer_ || status == 0)
        return;
    answer_ = judge(*reply_, asked_, job_.bytes);
    if (answer_->kind == ServerAnswer::Kind::Whole) {
        if (asked_ > 0) // it cannot resume, or the file has changed
            file_->restart();
        inPieces_ = false;
        noteOrigin();
    } else if (answer_->kind == ServerAnswer::Kind::Rest) {
        inPieces_ = true;
    } else {
        return; // the body is of no use
    }
    speedFrom_ = file_->size();
    speedSince_ = clock_.elapsed();
}

/// For the next start of the program. Without it the rest is asked for without a condition; the hash then decides.
void Transfer::noteOrigin() const
{
    const auto header = [this](const char* name) {
        return QString::fromLatin1(reply_->rawHeader(name).left(1000));
    };
    write_file(job_.origin(),
               QJsonDocument(QJsonObject{{QStringLiteral("url"), job_.addresses[address_].toString()},
                                         {QStringLiteral("etag"), header("ETag")},
                                         {QStringLiteral("modified"), header("Last-Modified")}})
                   .toJson()
                   .toStdString());
}

void Transfer::take()
{
    if (!reply_ || stopAsked_)
        return;
    judgeHeaders();
    if (!answer_)
        return;
    const QByteArray bytes = reply_->readAll();
    const bool wanted =
        answer_->kind == ServerAnswer::Kind::Whole || answer_->kind == ServerAnswer::Kind::Rest;
    if (bytes.isEmpty() || !wanted)
        return;
    stall_.start(rules_.stall);
    if (std::uint64_t(bytes.size()) > job_.bytes - file_->size()) {
        tooLong_ = true;
        return reply_->abort();
    }
    file_->append({reinterpret_cast<const std::uint8_t*>(bytes.constData()), std::size_t(bytes.size())});
    if (file_->size() > most_) {
        most_ = file_->size();
        attempts_ = 0;
    }
    if (file_->size() - std::min(file_->size(), checkedAt_) >= checkSpaceEvery)
        requireSpace();
    report(Phase::Receiving);
}

void Transfer::requireSpace()
{
    const std::uint64_t needed = job_.bytes - file_->size(), free = freeSpace(job_.folder, rules_);
    checkedAt_ = file_->size();
    if (free >= needed && free - needed >= rules_.spare)
        return;
    throw Error(ErrorKind::Output, job_.fileName.toStdString(),
                DownloadText::tr("needs %1 more, and the disk has %2 free (%3 are left alone)")
                    .arg(sizeText(needed), sizeText(free), sizeText(rules_.spare))
                    .toStdString(),
                DownloadText::tr("Make room, then resume").toStdString(),
                file_->size() > 0 ? DownloadText::tr("What has come so far is kept.").toStdString()
                                  : DownloadText::tr("Nothing was fetched.").toStdString());
}

void Transfer::check()
{
    report(Phase::Checking);
    file_->sync();
    const std::string hash = hashOfFile(job_.partial(), stopAsked_);
    if (hash.empty())
        return;
    if (hash != job_.sha256.toStdString()) {
        file_->restart();
        most_ = 0;
        if (inPieces_ && ++wrongHashes_ == 1) // parts of different files may have met
            return broke(DownloadText::tr("the parts did not fit together; it begins again"));
        return nextAddress(DownloadText::tr("sent another file: its SHA-256 begins with %1 instead of %2")
                               .arg(QString::fromStdString(hash).left(12), job_.sha256.left(12)));
    }
    file_->moveTo(job_.target());
    file_.reset();
    std::error_code ignored;
    fs::remove(job_.origin(), ignored);
    const QString path = QString::fromStdU16String(job_.target().u16string());
    close();
    Q_EMIT finished(path);
}

void Transfer::fail(const QString& cause, const QString& action)
{
    const bool kept = file_ && file_->size() > 0;
    fail(Error(
        ErrorKind::Input, job_.fileName.toStdString(), cause.toStdString(), action.toStdString(),
        (kept ? DownloadText::tr("What has come so far is kept.") : DownloadText::tr("Nothing was changed."))
            .toStdString()));
}

void Transfer::fail(const Error& error)
{
    if (over_)
        return;
    close();
    Q_EMIT failed(QString::fromUtf8(error.what()));
}

void Transfer::abandonReply()
{
    if (QNetworkReply* reply = std::exchange(reply_, nullptr)) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

/// Removes what nobody needs any more: an empty part and its origin.
void Transfer::close()
{
    over_ = true;
    stall_.stop();
    pause_.stop();
    abandonReply();
    if (file_ && file_->size() == 0) {
        std::error_code ignored;
        fs::remove(job_.partial(), ignored);
        fs::remove(job_.origin(), ignored);
    }
    file_.reset();
    lock_.reset();
}

/// At most ten times a second while bytes come.
void Transfer::report(Phase phase, const QString& note)
{
    const qint64 now = clock_.elapsed();
    if (phase == Phase::Receiving) {
        if (now - reported_ < reportEvery && file_->size() < job_.bytes)
            return;
        if (now - speedSince_ >= speedOver) {
            speed_ = 1000.0 * double(file_->size() - std::min(file_->size(), speedFrom_))
                     / double(now - speedSince_);
            speedSince_ = now;
            speedFrom_ = file_->size();
        }
    }
    reported_ = now;
    Q_EMIT progressed({.phase = phase,
                       .done = file_ ? file_->size() : 0,
                       .total = job_.bytes,
                       .bytesPerSecond = phase == Phase::Receiving ? speed_ : 0,
                       .note = note});
}

} // namespace lacuna::ui
