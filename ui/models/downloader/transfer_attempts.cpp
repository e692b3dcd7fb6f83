// SPDX-License-Identifier: GPL-3.0-or-later
// What follows when a request of a transfer has ended.
#include <QNetworkReply>

#include <algorithm>

#include "ui/models/downloader/transfer.h"

namespace lacuna::ui {

using namespace std::chrono_literals;
using Phase = DownloadProgress::Phase;

void Transfer::ended()
{
    stall_.stop();
    if (!reply_)
        return;
    if (!stalled_ && !tooLong_)
        take(); // what arrived before a connection broke
    if (!reply_ || over_ || stopAsked_)
        return;
    const auto error = reply_->error();
    const QString text = reply_->errorString();
    const std::optional<ServerAnswer> answer = answer_;
    abandonReply();
    if (tooLong_) {
        file_->restart();
        return nextAddress(DownloadText::tr("sends more than the %1 bytes of the file").arg(job_.bytes));
    }
    if (answer)
        return answered(*answer);
    if (error == QNetworkReply::SslHandshakeFailedError)
        return nextAddress(DownloadText::tr("cannot prove who it is (%1)").arg(text));
    if (error == QNetworkReply::ProtocolUnknownError || error == QNetworkReply::ProtocolInvalidOperationError)
        return nextAddress(DownloadText::tr("cannot be asked (%1)").arg(text));
    broke(stalled_ ? DownloadText::tr("does not answer")
                   : DownloadText::tr("cannot be reached (%1)").arg(text));
}

void Transfer::answered(const ServerAnswer& answer)
{
    using Kind = ServerAnswer::Kind;
    switch (answer.kind) {
    case Kind::Whole:
    case Kind::Rest:
        if (file_->size() == job_.bytes)
            return check();
        return broke(stalled_
                         ? DownloadText::tr("sent nothing for %1 s").arg(double(rules_.stall.count()) / 1000)
                         : DownloadText::tr("broke the connection"));
    case Kind::Redirect: {
        if (++redirects_ > rules_.redirects)
            return nextAddress(DownloadText::tr("sends on and on, more than %1 times").arg(rules_.redirects));
        if (const QString why = refusal(answer.next, rules_); !why.isEmpty())
            return nextAddress(DownloadText::tr("sends on to an address that %1").arg(why));
        return ask(answer.next);
    }
    case Kind::BeginAgain:
        return beginAgain();
    case Kind::Later:
        return broke(answer.why, answer.wait);
    case Kind::Never:
        return nextAddress(answer.why);
    }
}

/// The server does not continue: the next request has no range. Counts as an attempt, so that it comes to an end.
void Transfer::beginAgain()
{
    if (asked_ == 0)
        return nextAddress(DownloadText::tr("sends a part that was not asked for"));
    file_->restart();
    broke(DownloadText::tr("could not resume; it begins again"));
}

/// Another attempt after a pause, which doubles; too many without anything new are the end of this address.
void Transfer::broke(const QString& why, std::optional<std::chrono::seconds> wait)
{
    if (++attempts_ > rules_.attempts)
        return nextAddress(why);
    if (wait && *wait > rules_.longestWait)
        return nextAddress(DownloadText::tr("%1 and asks to come back in %2 minutes")
                               .arg(why)
                               .arg((wait->count() + 59) / 60));
    std::chrono::milliseconds pause = rules_.pause * (1 << std::min(attempts_ - 1, 10));
    pause = std::min<std::chrono::milliseconds>(pause, 1min);
    if (wait)
        pause = std::max<std::chrono::milliseconds>(pause, *wait);
    report(Phase::Pausing, why);
    pause_.start(pause);
}

void Transfer::nextAddress(const QString& why)
{
    const QString host = job_.addresses[address_].host();
    if (++address_ < job_.addresses.size()) {
        attempts_ = 0;
        report(Phase::Pausing, DownloadText::tr("%1 %2; the next address is asked").arg(host, why));
        return pause_.start(0ms);
    }
    fail(DownloadText::tr("%1 %2").arg(host, why),
         DownloadText::tr("Try again later, or place the file yourself"));
}

} // namespace lacuna::ui
