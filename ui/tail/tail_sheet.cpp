// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tail/tail_sheet.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "ui/background/background.h"
#include "ui/compare/cover.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/language/language.h"

namespace lacuna::ui {
namespace {

constexpr int columns = 28;
constexpr int axisHeight = 22;

QString number(double value)
{
    return figure(value, 1);
}

double density(const TwoGaussians& groups, int group, double x)
{
    const double z = (x - groups.mean[group]) / groups.deviation[group];
    return groups.share[group] * std::exp(-z * z / 2)
           / (groups.deviation[group] * std::sqrt(2 * std::numbers::pi));
}

} // namespace

TailChart::TailChart(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("tail-chart"));
    setMinimumSize(240, 32);
}

void TailChart::setReport(const TailReport& report)
{
    report_ = report;
    counts_.assign(report.scores.empty() ? 0 : columns, 0);
    if (!report.scores.empty()) {
        const auto [low, high] = std::minmax_element(report.scores.begin(), report.scores.end());
        const double margin = 0.08 * std::max(*high - *low, 1e-9); // for the flanks of the curves
        low_ = *low - margin;
        high_ = *high + margin;
        for (const double score : report.scores)
            ++counts_[std::size_t(std::min(double(columns - 1), columns * (score - low_) / (high_ - low_)))];
    }
    setAccessibleName(tr("Histogram of %1 candidates along the direction in which they differ most")
                          .arg(report.scores.size()));
    update();
}

void TailChart::paintEvent(QPaintEvent*)
{
    const Theme& t = theme();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as its axes
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF plot(0, 6, width(), height() - 6 - axisHeight);
    painter.setPen(QPen(t.borderStrong, 1));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setFont(textFont(TextRole::Small));
    painter.setPen(t.textSoft);
    painter.drawText(QRectF(0, plot.bottom() + 3, width(), axisHeight - 3), Qt::AlignHCenter | Qt::AlignTop,
                     tr("first principal component of what the candidates show"));
    if (counts_.empty())
        return;
    painter.drawText(QRectF(0, plot.bottom() + 3, width(), axisHeight - 3), Qt::AlignLeft | Qt::AlignTop,
                     number(low_));
    painter.drawText(QRectF(0, plot.bottom() + 3, width(), axisHeight - 3), Qt::AlignRight | Qt::AlignTop,
                     number(high_));

    // Curves count candidates for a column, like the bars.
    const double column = (high_ - low_) / columns, perColumn = column * double(report_.scores.size());
    double most = *std::max_element(counts_.begin(), counts_.end());
    const bool two = report_.groups.better_than_one;
    const auto curve = [&](int group) {
        QPolygonF line;
        for (int pixel = 0; pixel <= int(plot.width()); pixel += 2)
            line << QPointF(
                pixel,
                perColumn * density(report_.groups, group, low_ + (high_ - low_) * pixel / plot.width()));
        return line;
    };
    std::array<QPolygonF, 2> curves{curve(0), curve(1)};
    most *= 1.25; // a narrow group may stand out at the top
    const auto up = [&](double count) { return plot.bottom() - std::min(1.0, count / most) * plot.height(); };
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.pressed);
    const double step = plot.width() / columns;
    for (int i = 0; i < columns; ++i)
        if (const int count = counts_[std::size_t(i)]; count > 0)
            painter.drawRect(
                QRectF(QPointF(i * step + 1, up(count)), QPointF((i + 1) * step - 1, plot.bottom())));
    for (int group = 0; group < (report_.kurtosis.high > 0 ? 2 : 0); ++group) {
        QPolygonF line;
        for (const QPointF& point : curves[std::size_t(group)])
            line << QPointF(point.x(), up(point.y()));
        painter.setPen(QPen(group == 0 ? t.accent : t.textSoft, 2, two ? Qt::SolidLine : Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(line);
    }
}

KurtosisStrip::KurtosisStrip(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(48);
}

void KurtosisStrip::setReport(const TailReport& report)
{
    report_ = report;
    setVisible(report.kurtosis.high > 0);
    setAccessibleName(tr("Kurtosis %1, between %2 and %3; Gaussian sets between %4 and %5")
                          .arg(number(report.kurtosis.value), number(report.kurtosis.low),
                               number(report.kurtosis.high), number(report.gaussian_low),
                               number(report.gaussian_high)));
    update();
}

/// The band of Gaussian sets as a ground, the interval as a line, the value as a dot; on a logarithmic scale.
void KurtosisStrip::paintEvent(QPaintEvent*)
{
    const Theme& t = theme();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as its axes
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TextRole::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    const QString name = tr("kurtosis"), band = tr("Gaussian sets");
    const double left = metrics.horizontalAdvance(name) + 16;
    painter.setPen(t.textSoft);
    painter.drawText(QRectF(0, 0, left, 24), Qt::AlignLeft | Qt::AlignVCenter, name);
    const double low = 1, high = 1.25 * std::max({report_.kurtosis.high, report_.gaussian_high, 5.0});
    const auto at = [&](double kurtosis) {
        const double share = std::log(std::max(kurtosis, low) / low) / std::log(high / low);
        return left + share * (width() - left - 8);
    };
    const QRectF ground(QPointF(at(report_.gaussian_low), 3), QPointF(at(report_.gaussian_high), 21));
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.pressed);
    painter.drawRoundedRect(ground, 4, 4);
    painter.setPen(QPen(t.accent, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(at(report_.kurtosis.low), 12), QPointF(at(report_.kurtosis.high), 12));
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.accent);
    painter.drawEllipse(QPointF(at(report_.kurtosis.value), 12), 4.5, 4.5);
    painter.setPen(t.textSoft);
    const auto label = [&](const QString& text, double x) {
        const double wide = metrics.horizontalAdvance(text);
        painter.drawText(QPointF(std::clamp(x - wide / 2, left, std::max(left, width() - wide)), 40), text);
    };
    label(band, ground.center().x());
    const double clear =
        (metrics.horizontalAdvance(band) + metrics.horizontalAdvance(number(high))) / 2.0 + 12;
    for (const double value : {report_.kurtosis.low, report_.kurtosis.high})
        if (std::abs(at(value) - ground.center().x()) > clear)
            label(number(value), at(value));
}

TailSheet::TailSheet(GalleryPanel& gallery, QWidget* canvas)
    : Ground(Shade::Surface, {}, canvas),
      gallery_(gallery),
      chart_(new TailChart(this)),
      strip_(new KurtosisStrip(this)),
      sentence_(makeLabel({}, TextRole::Body, false, this)),
      figures_(makeLabel({}, TextRole::Small, true, this)),
      close_(new QToolButton(this))
{
    setObjectName(QStringLiteral("tail-sheet"));
    setAccessibleName(tr("Tail report"));
    setFocusPolicy(Qt::StrongFocus);
    close_->setText(tr("Close"));
    close_->setProperty("framed", true);
    close_->setFocusPolicy(Qt::StrongFocus);
    close_->setAccessibleName(tr("Close the tail report"));
    close_->setToolTip(tr("Back to the picture (Esc)"));
    close_->setFixedHeight(controlHeight - 4);
    close_->setFixedWidth(close_->fontMetrics().horizontalAdvance(close_->text()) + 3 * grid);
    connect(close_, &QToolButton::clicked, this, &QWidget::hide);
    for (QLabel* label : {sentence_, figures_})
        label->setWordWrap(true);
    sentence_->setObjectName(QStringLiteral("tail-sentence"));

    auto* heading = new QHBoxLayout;
    heading->addWidget(makeLabel(tr("Tail report"), TextRole::Heading, false, this));
    heading->addStretch(1);
    heading->addWidget(close_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addLayout(heading);
    column->addWidget(sentence_);
    column->addWidget(chart_, 1);
    column->addWidget(strip_);
    column->addWidget(figures_);
    coverParent(this);
    hide();
    connect(&gallery_, &GalleryPanel::grouped, this, [this] {
        if (isVisible())
            compute();
    });
    connect(&gallery_, &GalleryPanel::begun, this, &QWidget::hide);
}

void TailSheet::open()
{
    if (!gallery_.model().grouping())
        return;
    QWidget::show();
    raise();
    close_->setFocus(Qt::OtherFocusReason);
    compute();
}

void TailSheet::compute()
{
    const SharedGrouping now = gallery_.model().grouping();
    if (!now || (grouping_ && report_ && grouping_->pool == now->pool && grouping_->region == now->region))
        return;
    grouping_ = now;
    report_.reset();
    sentence_->setText(tr("Comparing %1 candidates with Gaussian sets of the same size…").arg(now->count()));
    figures_->clear();
    chart_->setReport({});
    strip_->setReport({});
    inBackground(
        this, [now] { return tail_report(now->rows); },
        [this, now](const Attempt<TailReport>& result) {
            if (grouping_ != now)
                return;
            if (const auto* problem = std::get_if<Problem>(&result))
                sentence_->setText(problem->message);
            else
                show(std::get<TailReport>(result));
        });
}

void TailSheet::finishNow()
{
    if (grouping_)
        show(tail_report(grouping_->rows));
}

/// What the command line says, in the language of the window.
QString TailSheet::sentence(const TailReport& report)
{
    const int shown = TailOptions().shown;
    const QString measured =
        tr("kurtosis %1 (95 %: %2 to %3)")
            .arg(number(report.kurtosis.value), number(report.kurtosis.low), number(report.kurtosis.high));
    const QString least = number(report.gaussian_low), most = number(report.gaussian_high);
    const QString rare = figure(100 * report.groups.share[0], 0);
    switch (report.tail) {
    case Tail::TooFew:
        return tr("Too few candidates to tell: there are %1.").arg(report.candidates);
    case Tail::Alike:
        return tr("All %1 candidates are alike.").arg(report.candidates);
    case Tail::FarOnes:
        return tr("Heavy tail: %1, where Gaussian sets of this size have %2 to %3; a few candidates lie far "
                  "from the rest.")
            .arg(measured, least, most);
    case Tail::RareGroup:
        return tr("Heavy tail: %1, where Gaussian sets of this size have %2 to %3; about %4 of 100 "
                  "candidates "
                  "form a rare group, which %5 random ones miss %6 times of 100.")
            .arg(measured, least, most, rare)
            .arg(shown)
            .arg(figure(100 * missed_by(report, shown), 0));
    case Tail::TwoGroups:
        return tr("Two large groups: %1, where Gaussian sets of this size have %2 to %3; the smaller group "
                  "has "
                  "about %4 of 100 candidates.")
            .arg(measured, least, most, rare);
    case Tail::Gaussian:
        return tr("No heavy tail: %1, as Gaussian sets of this size have (%2 to %3); %4 random candidates "
                  "stand "
                  "for the pool.")
            .arg(measured, least, most)
            .arg(shown);
    }
    return {};
}

void TailSheet::show(const TailReport& report)
{
    report_ = report;
    chart_->setReport(report);
    strip_->setReport(report);
    sentence_->setText(sentence(report));
    if (report.kurtosis.high <= 0)
        return figures_->clear();
    QStringList lines;
    lines << tr("Kurtosis %1; drawn again and again it lies from %2 to %3 (95 %). Gaussian sets of %4 "
                "candidates "
                "have %5 to %6; %7 % of them have as much.")
                 .arg(number(report.kurtosis.value), number(report.kurtosis.low),
                      number(report.kurtosis.high))
                 .arg(report.candidates)
                 .arg(number(report.gaussian_low), number(report.gaussian_high),
                      number(100 * report.gaussians_as_heavy));
    lines << (report.groups.better_than_one
                  ? tr("Two groups fit better than one: %1 % around %2 (coloured line) and %3 % around %4.")
                        .arg(number(100 * report.groups.share[0]), number(report.groups.mean[0]),
                             number(100 * report.groups.share[1]), number(report.groups.mean[1]))
                  : tr("Two groups (dashed) fit no better than one."));
    lines << tr("All of this counts samples of the model; it says nothing about the real scene.");
    if (gallery_.model().guided())
        lines << tr(
            "These candidates were guided away from each other: their tail is that of the guided set.");
    figures_->setText(lines.join(u'\n'));
}

void TailSheet::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        return hide();
    Ground::keyPressEvent(event);
}

} // namespace lacuna::ui
