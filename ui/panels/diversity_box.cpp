// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diversity_box.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <cmath>
#include <limits>

#include "ui/appearance/pieces.h"
#include "ui/language/decimal_box.h"

namespace lacuna::ui {
namespace {

constexpr double largestEta = 100; ///< far beyond the dial; the engine has no limit of its own

QString positionName(int dial)
{
    if (dial == plain_dial)
        return DiversityBox::tr("plain");
    if (dial <= 35)
        return DiversityBox::tr("gentle");
    return dial <= 65 ? DiversityBox::tr("balanced") : DiversityBox::tr("wild");
}

} // namespace

DiversityBox::DiversityBox(QWidget* parent)
    : QWidget(parent),
      dial_(new QSlider(Qt::Horizontal, this)),
      eta_(new DecimalBox(this)),
      bound_(new DecimalBox(this)),
      twin_(new QCheckBox(tr("Keep a &twin without guidance"), this))
{
    dial_->setObjectName(QStringLiteral("dial"));
    dial_->setRange(int(plain_dial), int(wild_dial));
    dial_->setPageStep(10);
    dial_->setToolTip(
        tr("How strongly the completions of a set are pushed apart. Plain leaves them as the model "
           "draws them; wild looks for as many meanings as there are."));
    QLabel* heading = fieldLabel(tr("&Diversity"), dial_);
    position_ = makeLabel({}, TextRole::Body, true, this);

    eta_->setObjectName(QStringLiteral("eta"));
    eta_->setRange(0, largestEta);
    eta_->setDecimals(2);
    eta_->setSingleStep(0.5);
    eta_->setToolTip(
        tr("Step size of the push away from the nearest mate, without unit. 0 switches guidance off."));
    QLabel* etaLabel = fieldLabel(tr("&eta"), eta_);

    bound_->setObjectName(QStringLiteral("bound"));
    bound_->setRange(0, 255);
    bound_->setDecimals(1);
    bound_->setSuffix(tr(" grey levels"));
    bound_->setSpecialValueText(tr("none"));
    bound_->setToolTip(tr("A completion is no longer pushed once its nearest mate differs by this many grey "
                          "levels (root mean square over the hole, of 255). None: it is always pushed."));
    QLabel* boundLabel = fieldLabel(tr("&bound"), bound_);
    paperD_ = makeLabel({}, TextRole::Small, true, this);

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->setHorizontalSpacing(2 * grid);
    layout->setVerticalSpacing(4);
    layout->setColumnStretch(0, 2);
    layout->setColumnStretch(1, 3);
    layout->addWidget(heading, 0, 0);
    layout->addWidget(position_, 0, 1, Qt::AlignRight);
    layout->addWidget(dial_, 1, 0, 1, 2);
    layout->addWidget(makeLabel(tr("plain"), TextRole::Small, true, this), 2, 0, Qt::AlignLeft);
    layout->addWidget(makeLabel(tr("wild"), TextRole::Small, true, this), 2, 1, Qt::AlignRight);
    layout->setRowMinimumHeight(3, grid / 2);
    layout->addWidget(etaLabel, 4, 0);
    layout->addWidget(boundLabel, 4, 1);
    layout->addWidget(eta_, 5, 0);
    layout->addWidget(bound_, 5, 1);
    layout->addWidget(paperD_, 6, 0, 1, 2, Qt::AlignRight);
    twin_->setObjectName(QStringLiteral("twin"));
    twin_->setToolTip(
        tr("Makes the set a second time from the same noise without guidance, to see what guidance "
           "changed. It takes as long again."));
    layout->addWidget(twin_, 7, 0, 1, 2);

    connect(dial_, &QSlider::valueChanged, this, &DiversityBox::dialTurned);
    connect(eta_, &QDoubleSpinBox::valueChanged, this, &DiversityBox::valuesTyped);
    connect(bound_, &QDoubleSpinBox::valueChanged, this, &DiversityBox::valuesTyped);
    dial_->setValue(int(default_dial));
}

bool DiversityBox::keepsTwin() const
{
    return twin_->isChecked() && eta() > 0;
}

void DiversityBox::offerTwin()
{
    twin_->setEnabled(eta() > 0);
}

double DiversityBox::eta() const
{
    return eta_->value();
}

Bound DiversityBox::bound() const
{
    const double gray = bound_->value();
    return {gray > 0 ? gray : std::numeric_limits<double>::infinity(), BoundConvention::GrayLevels};
}

void DiversityBox::setDial(int dial)
{
    dial_->setValue(dial);
}

void DiversityBox::setValues(double eta, double gray)
{
    eta_->setValue(eta);
    bound_->setValue(gray);
}

void DiversityBox::setModelKind(DiversityFor kind)
{
    if (kind == kind_)
        return;
    kind_ = kind;
    eta_->setSingleStep(kind == DiversityFor::ThisPhoto ? 0.5 : 0.05);
    dialTurned(dial_->value());
}

void DiversityBox::setHole(std::size_t pixels, int members)
{
    holePixels_ = pixels;
    members_ = members;
    showD();
}

void DiversityBox::dialTurned(int dial)
{
    const Diversity preset = diversity(dial, kind_);
    const QSignalBlocker quietEta(eta_);
    const QSignalBlocker quietBound(bound_);
    eta_->setValue(preset.eta);
    bound_->setValue(preset.bound_gray);
    position_->setText(QStringLiteral("%1 · %2").arg(positionName(dial)).arg(dial));
    showD();
    offerTwin();
}

void DiversityBox::valuesTyped()
{
    offerTwin();
    position_->setText(tr("own values"));
    showD();
}

void DiversityBox::showD()
{
    const bool bounded = std::isfinite(bound().value);
    if (holePixels_ == 0 || !bounded) {
        paperD_->setText(bounded ? tr("D follows from the hole") : tr("no D: pushed to the end"));
        return;
    }
    const auto number = [&](BoundConvention convention) {
        const BoundScale scale{.hole_pixels = holePixels_, .members = members_};
        return numbers().toString(bound().in(convention, scale).value, 'g', 3);
    };
    paperD_->setText(tr("D = %1 for this hole").arg(number(BoundConvention::PerImage)));
    paperD_->setToolTip(
        tr("The bound in the units of the paper: distance over the number of hole values.\n"
           "%1 counted per image (DDNM), %2 over the whole set (RePaint), %3 in one channel (DPS).")
            .arg(number(BoundConvention::PerImage), number(BoundConvention::RepaintBatch),
                 number(BoundConvention::PerPixel)));
}

} // namespace lacuna::ui
