// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/run_box.h"

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <map>

#include "ui/appearance/icons.h"
#include "ui/appearance/pieces.h"
#include "ui/language/language.h"
#include "ui/panels/speed_memory.h"

namespace lacuna::ui {

RunBox::RunBox(QAction* generate, QAction* stop, QAction* queue, QWidget* parent)
    : QWidget(parent),
      generate_(generate),
      stop_(stop),
      sentence_(makeLabel({}, TextRole::Small, true, this)),
      remaining_(makeLabel({}, TextRole::Small, true, this)),
      progress_(new QProgressBar(this)),
      button_(new QPushButton(this)),
      queue_(new QPushButton(tr("+ queue"), this))
{
    sentence_->setWordWrap(true);
    sentence_->setObjectName(QStringLiteral("run-sentence"));
    progress_->setTextVisible(false);
    progress_->setFixedHeight(grid);
    progress_->setAccessibleName(tr("Progress of the run"));
    button_->setObjectName(QStringLiteral("run-button"));
    button_->setIconSize({20, 20});
    connect(button_, &QPushButton::clicked, this,
            [this] { (stop_->isEnabled() ? stop_ : generate_)->trigger(); });
    connect(generate_, &QAction::enabledChanged, this, [this](bool enabled) {
        if (!stop_->isEnabled())
            button_->setEnabled(enabled);
    });

    queue_->setObjectName(QStringLiteral("queue-button"));
    queue_->setAccessibleName(tr("Add to the queue"));
    queue_->setToolTip(queue->toolTip());
    queue_->setFixedHeight(40);
    queue_->setEnabled(queue->isEnabled());
    connect(queue_, &QPushButton::clicked, queue, &QAction::trigger);
    connect(queue, &QAction::enabledChanged, queue_, &QPushButton::setEnabled);

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->setVerticalSpacing(grid);
    layout->setColumnStretch(0, 1);
    layout->addWidget(sentence_, 0, 0, 1, 2);
    layout->addWidget(progress_, 1, 0, 1, 2);
    layout->addWidget(remaining_, 2, 0, 1, 2);
    layout->addWidget(button_, 3, 0);
    layout->addWidget(queue_, 3, 1);
    showIdle({});
}

QString RunBox::sentence() const
{
    return sentence_->text();
}

void RunBox::showButton(QAction* action, bool primary)
{
    const QString name = primary ? tr("Generate") : tr("Stop");
    button_->setProperty("primary", primary);
    button_->setText(name);
    button_->setAccessibleName(name);
    button_->setToolTip(action->toolTip());
    button_->setIcon(actionIcon(primary ? QStringLiteral("generate") : QStringLiteral("stop"),
                                primary ? IconTint::OnAccent : IconTint::Text));
    button_->setEnabled(action->isEnabled());
    button_->setFixedHeight(40);
    button_->update();
}

void RunBox::showIdle(const QString& sentence)
{
    sentence_->setText(sentence);
    sentence_->setVisible(!sentence.isEmpty());
    remaining_->clear();
    remaining_->hide();
    progress_->hide();
    showButton(generate_, true);
}

void RunBox::showRunning()
{
    progress_->setRange(0, 1);
    progress_->setValue(0);
    progress_->show();
    sentence_->show();
    remaining_->show();
    showProgress(QStringLiteral("Preparing"), 0, 0, {});
    showButton(stop_, false);
}

void RunBox::showStopping()
{
    sentence_->setText(tr("Stopping after this step"));
    remaining_->clear();
}

void RunBox::showPaused()
{
    sentence_->setText(evaluationsText(tr("Paused"), progress_->value(), progress_->maximum()));
    remaining_->clear();
}

void RunBox::showProgress(const QString& phase, std::int64_t done, std::int64_t total,
                          const QString& remaining)
{
    sentence_->setText(phase == u"Sampling" ? evaluationsText(phaseText(phase), done, total)
                                            : phaseText(phase));
    sentence_->setToolTip(tr("Evaluations of the model, each of one picture"));
    remaining_->setText(remaining);
    progress_->setRange(0, int(qMax(std::int64_t(1), total)));
    progress_->setValue(int(done));
}

QString evaluationsText(const QString& phase, std::int64_t done, std::int64_t total)
{
    return total > 0 ? RunBox::tr("%1 · %2 of %3 evaluations")
                           .arg(phase, count(qulonglong(done)), count(qulonglong(total)))
                     : phase;
}

QString phaseText(const QString& phase)
{
    static const std::map<QString, const char*> known{
        {QStringLiteral("Preparing"), QT_TRANSLATE_NOOP("lacuna::ui::RunBox", "Preparing")},
        {QStringLiteral("Loading"), QT_TRANSLATE_NOOP("lacuna::ui::RunBox", "Loading the model")},
        {QStringLiteral("Sampling"), QT_TRANSLATE_NOOP("lacuna::ui::RunBox", "Sampling")},
        {QStringLiteral("Selecting"), QT_TRANSLATE_NOOP("lacuna::ui::RunBox", "Selecting the set")},
        {QStringLiteral("Measuring"), QT_TRANSLATE_NOOP("lacuna::ui::RunBox", "Measuring the set")}};
    const auto found = known.find(phase);
    return found == known.end() ? phase : RunBox::tr(found->second);
}

QString remainingText(double seconds, double least, double most)
{
    if (seconds < 0)
        return {};
    const QString about = durationText(seconds), from = durationText(least), to = durationText(most);
    if (least < 0 || most < 0 || from == to)
        return RunBox::tr("about %1 left").arg(about);
    return RunBox::tr("about %1 left, %2 to %3").arg(about, from, to);
}

} // namespace lacuna::ui
