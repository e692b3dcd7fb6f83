// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/cost_line.h"

#include "ui/appearance/theme.h"
#include "ui/background/background.h"
#include "ui/language/language.h"

namespace lacuna::ui {
namespace {

constexpr int delay = 250; // milliseconds: a stroke must not wait for it

} // namespace

CostLine::CostLine(QWidget* parent) : QLabel(parent)
{
    setObjectName(QStringLiteral("cost"));
    setFont(textFont(TextRole::Small));
    setForegroundRole(QPalette::PlaceholderText);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setAccessibleName(tr("What the next run will cost"));
    delay_.setSingleShot(true);
    delay_.setInterval(delay);
    connect(&delay_, &QTimer::timeout, this, &CostLine::compute);
}

void CostLine::ask(const Recipe& recipe, std::size_t holePixels, int native, FetchMask mask)
{
    recipe_ = recipe;
    holePixels_ = holePixels;
    native_ = native;
    fetchMask_ = std::move(mask);
    delay_.start();
}

void CostLine::compute()
{
    const std::uint64_t asked = ++asked_;
    if (holePixels_ == 0) {
        cost_ = {};
        refresh();
        return;
    }
    inBackground(
        this,
        [recipe = recipe_, mask = fetchMask_(), native = native_] {
            return expected_cost(recipe, *mask, native);
        },
        [this, asked](const Attempt<ExpectedCost>& cost) {
            if (asked != asked_)
                return;
            const auto* known = std::get_if<ExpectedCost>(&cost);
            cost_ = known ? *known : ExpectedCost();
            refresh();
        });
}

void CostLine::refreshNow()
{
    delay_.stop();
    ++asked_;
    cost_ = holePixels_ > 0 ? expected_cost(recipe_, *fetchMask_(), native_) : ExpectedCost();
    refresh();
}

void CostLine::refresh()
{
    if (cost_.evaluations == 0) {
        clear();
        return;
    }
    const QString evaluations = count(qulonglong(cost_.evaluations));
    const auto seconds = speeds_.seconds(recipe_, holePixels_);
    setText(
        seconds
            ? tr("%1 evaluations, about %2 here")
                  .arg(evaluations, durationText(*seconds * double(cost_.evaluations)))
            : tr("%1 evaluations; how long they take here is known after the first run").arg(evaluations));
    setToolTip(
        tr("The model looks %1 times at up to %2 pictures at once. The time is what earlier runs with this "
           "model and method took on this computer.")
            .arg(cost_.calls)
            .arg(recipe_.count));
}

} // namespace lacuna::ui
