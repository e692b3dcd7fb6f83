// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/canvas_header.h"

#include <QAbstractButton>
#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

#include "ui/appearance/icons.h"
#include "ui/appearance/segments.h"
#include "ui/document/document.h"
#include "ui/language/language.h"

namespace lacuna::ui {

CanvasHeader::CanvasHeader(const Document& document, QAction* showMask, QWidget* parent)
    : Ground(Shade::Window, Qt::BottomEdge, parent),
      document_(document),
      name_(makeLabel({}, TextRole::Heading, false, this)),
      size_(makeLabel({}, TextRole::Body, true, this)),
      coverage_(new Badge(this)),
      shown_(makeLabel({}, TextRole::Heading, false, this)),
      proof_(new Badge(this)),
      compareModes_(new Segments(
          {tr("Fill"), tr("A|B"), tr("Diff"), tr("Blink"), tr("Side"), tr("Grid"), tr("Twin")}, this)),
      compare_(
          iconButton(QStringLiteral("compare"), tr("Compare"), tr("Hold to see the original (C held)"), this))
{
    coverage_->setObjectName(QStringLiteral("coverage"));
    proof_->setObjectName(QStringLiteral("proof"));
    proof_->setAccessibleName(tr("Known samples that changed"));
    proof_->hide();
    proof_->setPressable(true);
    connect(proof_, &Badge::pressed, this, &CanvasHeader::proofPressed);
    const QStringList tips{tr("Show the completion alone"),
                           tr("Slide between original and completion (V)"),
                           tr("Show what changed, on black (D)"),
                           tr("Show original and completion in turn"),
                           tr("Show the original, or the pinned completion, beside it (Shift+V)"),
                           tr("Show starred completions, or those of the cards, in a grid (N)"),
                           tr("Show the completion beside the one without guidance (T)")};
    for (int i = 0; i < int(tips.size()); ++i) {
        compareModes_->button(i)->setToolTip(tips[i]);
        compareModes_->button(i)->setAccessibleName(tips[i]);
    }
    compareModes_->setCurrent(0);
    compareModes_->hide();
    connect(compare_, &QToolButton::pressed, this, [this] { Q_EMIT originalHeld(true); });
    connect(compare_, &QToolButton::released, this, [this] { Q_EMIT originalHeld(false); });
    QToolButton* mask = iconButton({}, tr("Show mask"), showMask->toolTip(), this);
    mask->setDefaultAction(showMask);
    mask->setToolButtonStyle(Qt::ToolButtonIconOnly);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2 * grid, 4, grid, 5);
    layout->setSpacing(12);
    layout->addWidget(name_);
    layout->addWidget(size_);
    layout->addWidget(coverage_);
    layout->addStretch(1);
    layout->addWidget(shown_);
    layout->addWidget(proof_);
    layout->addWidget(compareModes_);
    layout->addWidget(compare_);
    layout->addWidget(mask);
    layout->setSpacing(grid);
    setFixedHeight(48);
}

/// What is said elsewhere too goes when there is no room for it.
void CanvasHeader::fit()
{
    size_->setVisible(true);
    coverage_->setVisible(true);
    name_->setVisible(true);
    proof_->setVisible(!proof_->text().isEmpty());
    shown_->setVisible(!shown_->text().isEmpty());
    for (QWidget* part : std::initializer_list<QWidget*>{size_, coverage_, name_, proof_, shown_}) {
        layout()->invalidate();
        if (layout()->minimumSize().width() <= width())
            return;
        part->hide();
    }
}

void CanvasHeader::refresh()
{
    name_->setText(document_.name());
    size_->setText(tr("%1 × %2 px").arg(document_.size().width()).arg(document_.size().height()));
    const double percent = 100 * document_.coverage();
    const bool tiny = percent > 0 && percent < 0.05;
    coverage_->show(Badge::Kind::Plain, tiny ? tr("hole < 0.1 %") : tr("hole %1 %").arg(figure(percent, 1)),
                    tr("Share of the picture that is to be filled"));
    fit();
}

void CanvasHeader::setShown(const QString& what)
{
    shown_->setText(what);
    shown_->setVisible(!what.isEmpty());
    compare_->setEnabled(!what.isEmpty());
    compareModes_->setVisible(!what.isEmpty());
    fit();
}

void CanvasHeader::setProof(Badge::Kind kind, const QString& text, const QString& tip)
{
    proof_->show(kind, text, tip.isEmpty() ? tip : tr("%1. Press to see the difference.").arg(tip));
    fit();
}

QString CanvasHeader::coverageText() const
{
    return coverage_->text();
}

} // namespace lacuna::ui
