// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>

#include "ui/models/downloader/download_job.h"

class QNetworkReply;

namespace lacuna::ui {

/// What a server's headers mean for a download that asked for the bytes from `offset` on.
struct ServerAnswer {
    enum class Kind {
        Whole,      ///< the body is the file from its beginning
        Rest,       ///< the body is the file from the offset on
        Redirect,   ///< to `next`
        BeginAgain, ///< the range makes no sense to the server, or it sent another one
        Later,      ///< the same address may work later
        Never       ///< this address does not have the file
    };
    Kind kind = Kind::Never;
    QString why{}; ///< of Later and Never: the end of a sentence
    QUrl next{};
    std::optional<std::chrono::seconds> wait{}; ///< Retry-After
};

/// Judges a reply whose headers are known.
ServerAnswer judge(const QNetworkReply& reply, std::uint64_t offset, std::uint64_t fileSize);

} // namespace lacuna::ui
