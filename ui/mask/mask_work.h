// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <cstdint>
#include <deque>
#include <functional>

#include "ui/document/mask_flips.h"

namespace lacuna::ui {

class Document;

/// Changes of the mask in use that may take a while: on a thread of the pool, one after the other, each one step of
/// undo. One that was overtaken by another edit is made again for the mask as it is then; when another picture or
/// mask is in use meanwhile, what waits is forgotten.
class MaskWork : public QObject {
    Q_OBJECT

public:
    MaskWork(Document& document, QObject* parent);

    /// Changes the copy of a mask and remembers how.
    using Change = std::function<void(Mask& copy, MaskFlips& flips)>;
    void start(const QString& what, Change change);
    bool busy() const { return !jobs_.empty(); }

Q_SIGNALS:
    void busyWith(const QString& what); ///< a sentence; empty: done
    void failed(const QString& problem);

private:
    struct Job {
        QString what{};
        Change change{};
    };
    void next();
    void forget();

    Document& document_;
    std::deque<Job> jobs_{};
    int mask_ = 0;                 ///< id of the one in use
    std::uint64_t generation_ = 0; ///< another one after every picture and mask
};

/// The changes themselves.
void growInPlace(Mask& mask, MaskFlips& flips, int by); ///< see grown()
void moveInPlace(Mask& mask, MaskFlips& flips, int right, int down);
void becomeInPlace(Mask& mask, MaskFlips& flips, const Mask& wanted);

} // namespace lacuna::ui
