// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/twin_list.h"

#include <QSignalBlocker>

#include <algorithm>

#include "engine/session/disagreement.h"
#include "ui/appearance/theme.h"
#include "ui/background/background.h"
#include "ui/language/language.h"

namespace lacuna::ui {
namespace {

constexpr double unknown = -1;

std::vector<double> measured(const FilledSet& set, const FilledSet& twin)
{
    std::vector<double> distances;
    for (int i = 0; i < int(set.set.completions.size()); ++i) {
        const int other = twinOf(set, i, twin);
        distances.push_back(other < 0
                                ? unknown
                                : distance_gray(set.set.completions[std::size_t(i)],
                                                twin.set.completions[std::size_t(other)], set.request.mask));
    }
    return distances;
}

} // namespace

int twinOf(const FilledSet& set, int index, const FilledSet& twin)
{
    if (index < 0 || index >= int(set.set.completions.size()))
        return -1;
    const int member = set.set.completions[std::size_t(index)].member;
    const auto& others = twin.set.completions;
    const auto found = std::find_if(others.begin(), others.end(), [member](const Completion& one) {
        return one.member == member && one.problem.empty();
    });
    return found == others.end() ? -1 : int(found - others.begin());
}

TwinList::TwinList(QWidget* parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("twin-list"));
    setAccessibleName(tr("What guidance changed"));
    setFrameShape(QFrame::NoFrame);
    setFont(textFont(TextRole::Small));
    setSpacing(3);
    setViewportMargins(12, 10, 8, 8);
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row > 0)
            Q_EMIT picked(row - 1);
    });
    hide();
}

void TwinList::setSets(const SharedSet& set, const SharedSet& twin)
{
    if (set == set_ && twin == twin_)
        return;
    set_ = set;
    twin_ = twin;
    show({});
    if (!set || !twin)
        return;
    inBackground(
        this, [set, twin] { return measured(*set, *twin); },
        [this, set, twin](const Attempt<std::vector<double>>& result) {
            if (set == set_ && twin == twin_ && std::holds_alternative<std::vector<double>>(result))
                show(std::get<std::vector<double>>(result));
        });
}

void TwinList::finishNow()
{
    if (set_ && twin_)
        show(measured(*set_, *twin_));
}

double TwinList::distance(int index) const
{
    return index >= 0 && index < int(distances_.size()) ? distances_[std::size_t(index)] : unknown;
}

void TwinList::show(const std::vector<double>& distances)
{
    distances_ = distances;
    const QSignalBlocker quiet(this);
    clear();
    auto* heading = new QListWidgetItem(tr("What guidance changed"), this);
    heading->setFlags(Qt::ItemIsEnabled);
    heading->setFont(textFont(TextRole::Heading));
    for (int i = 0; i < int(distances.size()); ++i)
        addItem(distances[std::size_t(i)] < 0
                    ? tr("%1: no twin").arg(i + 1)
                    : tr("%1: moved by %2 grey levels").arg(i + 1).arg(figure(distances[std::size_t(i)], 1)));
    setShown(shown_);
}

void TwinList::setShown(int index)
{
    shown_ = index;
    const QSignalBlocker quiet(this);
    setCurrentRow(index < 0 ? -1 : index + 1);
}

} // namespace lacuna::ui
