// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstdint>
#include <optional>

#include "ui/gallery/grouping.h"

namespace lacuna::ui {

/// Groups a pool on a thread while the window goes on. One wish is worked at; of those that come meanwhile only the
/// newest waits. So results come in the order of the wishes, and the last one always does.
class Grouper : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// `previous` of the wish is the newest result.
    void ask(GroupingWish wish);
    void forget();    ///< another run follows: no result of an earlier wish comes
    void finishNow(); ///< the newest result comes before this returns; for pictures of the window
    bool busy() const { return working_.has_value(); }

Q_SIGNALS:
    void grouped(const lacuna::ui::SharedGrouping& grouping);
    void failed(const QString& message);

private:
    void start(GroupingWish wish);
    void receive(const SharedGrouping& grouping);

    SharedGrouping newest_{};
    std::optional<GroupingWish> working_{}; ///< on the thread
    std::optional<GroupingWish> waiting_{};
    std::uint64_t epoch_ = 0; ///< results of others are dropped
};

} // namespace lacuna::ui
