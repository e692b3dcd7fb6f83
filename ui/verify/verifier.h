// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

#include "engine/session/reproduction.h"
#include "ui/background/background.h"
#include "ui/engine_link/engine_link.h"

namespace lacuna::ui {

class Document;
class MessageBar;
class Results;

/// What a set that ran again says of the one that is kept.
struct Verdict {
    std::vector<Reproduced> completions{}; ///< of all that were kept
    Recipe before{}, now{};

    bool exact() const;
    int differing() const;
    QString
    sentence() const; ///< whether they are the same, by how much they are not, and what may be the reason
};

/// Runs the recipe of the shown set again, behind everything else that the engine has to do, and compares every sample.
/// Without a set it is the recipe that the open PNG file carries, and the picture itself is what is compared.
class Verifier : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Document& document;
        Results& results;
        MessageBar& messages;
    };
    Verifier(const Parts& parts, const EngineLink& beside, QObject* parent);

    void start();
    void stop();
    bool running() const { return subject_ != nullptr; }

Q_SIGNALS:
    void busy(const QString& what); ///< how far it is; empty: it has ended
    void verified(const lacuna::ui::Verdict& verdict);

private:
    /// What is run again, and the completions that come out are compared with.
    struct Subject {
        FillRequest request{};
        std::shared_ptr<const CompletionSet> set{}; ///< null: the picture itself, which is this member
        int member = 0;
    };

    static Subject carriedBy(const Picture& picture, const std::vector<std::uint8_t>& file, Mask mask);
    void begin(std::shared_ptr<const Subject> subject);
    void submit();
    void finished(const Outcome& outcome);
    void end(const Attempt<Verdict>& verdict);
    void refuse(const QString& reason);

    Parts parts_;
    EngineLink link_;
    std::shared_ptr<const Subject> subject_{}; ///< null: nothing runs
    bool stopping_ = false;
};

} // namespace lacuna::ui
