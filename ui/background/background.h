// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <memory>
#include <utility>
#include <variant>

#include <QFutureWatcher>
#include <QPromise>
#include <QString>
#include <QThreadPool>

namespace lacuna::ui {

/// Why a background job failed, in a sentence for people.
struct Problem {
    QString message{};
};

template <typename Value> using Attempt = std::variant<Value, Problem>;

/// Runs `work` and turns what it throws into a Problem.
template <typename Work> auto attempt(Work&& work) -> Attempt<decltype(work())>
{
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return Problem{QStringLiteral("There is not enough memory for this. Close other programs or use a "
                                      "smaller picture. Nothing was changed.")};
    } catch (const std::exception& error) {
        return Problem{QString::fromUtf8(error.what())};
    }
}

/// Runs `work` on a thread of the pool, then `done(Attempt<Value>)` on the thread of `receiver`, if that still
/// lives. `work` may capture values only.
template <typename Work, typename Done> void inBackground(QObject* receiver, Work work, Done done)
{
    using Result = Attempt<decltype(work())>;
    auto promise = std::make_shared<QPromise<Result>>();
    auto* watcher = new QFutureWatcher<Result>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver,
                     [watcher, done = std::move(done)]() mutable {
                         watcher->deleteLater();
                         done(watcher->result());
                     });
    promise->start();
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        promise->addResult(attempt(work));
        promise->finish();
    });
}

} // namespace lacuna::ui
