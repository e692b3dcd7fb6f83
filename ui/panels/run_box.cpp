// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/run_box.h"

#include <QAction>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

#include "ui/appearance/icons.h"
#include "ui/appearance/pieces.h"

namespace lacuna::ui {

RunBox::RunBox(QAction* generate, QAction* stop, QWidget* parent)
    : QWidget(parent),
      generate_(generate),
      stop_(stop),
      sentence_(makeLabel({}, TextRole::Small, true, this)),
      remaining_(makeLabel({}, TextRole::Small, true, this)),
      progress_(new QProgressBar(this)),
      button_(new QPushButton(this))
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

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->setVerticalSpacing(grid);
    layout->setColumnStretch(0, 1);
    layout->addWidget(sentence_, 0, 0);
    layout->addWidget(remaining_, 0, 1, Qt::AlignRight | Qt::AlignBottom);
    layout->addWidget(progress_, 1, 0, 1, 2);
    layout->addWidget(button_, 2, 0, 1, 2);
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
    progress_->hide();
    showButton(generate_, true);
}

void RunBox::showRunning()
{
    progress_->setRange(0, 1);
    progress_->setValue(0);
    progress_->show();
    sentence_->show();
    showProgress(tr("Preparing"), 0, 0, {});
    showButton(stop_, false);
}

void RunBox::showStopping()
{
    sentence_->setText(tr("Stopping after this step"));
    remaining_->clear();
}

void RunBox::showProgress(const QString& phase, int done, int total, const QString& remaining)
{
    sentence_->setText(total > 0 ? tr("%1 · %2 of %3").arg(phase).arg(done).arg(total) : phase);
    sentence_->setToolTip(tr("Evaluations of the model, each of the whole set"));
    remaining_->setText(remaining);
    progress_->setRange(0, qMax(1, total));
    progress_->setValue(done);
}

QString remainingText(double seconds)
{
    if (seconds < 0)
        return {};
    if (seconds < 90)
        return RunBox::tr("about %1 s left").arg(int(std::lround(std::fmax(1, seconds))));
    return RunBox::tr("about %1 min left").arg(int(std::lround(seconds / 60)));
}

} // namespace lacuna::ui
