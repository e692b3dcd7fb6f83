// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/sweep/sweep.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace lacuna::ui {

class AxisEditor;
class HeatMap;
class ParetoPlot;
class SweepDetail;
class SweepGrid;

/// The page on which two parameters of the recipe are compared: a grid of strips from one noise that fills while the
/// sweep runs, one cell large, and what the figures say beside it.
class SweepBoard : public QWidget {
    Q_OBJECT

public:
    /// `folder`: where finished cells are kept. The engine is shared with `beside`.
    SweepBoard(const EngineLink& beside, const std::filesystem::path& folder, QWidget* parent);

    /// Shows the sweep of this picture and hole; `panel`: what the settings beside the picture are now. Without a
    /// hole the board says what to do.
    void open(const Picture& picture, const Mask& mask, const Recipe& panel);
    /// The same with the models that are here down, from one noise.
    void openProbe(const Picture& picture, const Mask& mask, const Recipe& panel);
    void setModels(const std::vector<ModelInfo>& models); ///< that are here
    void close();                                         ///< another picture is open
    /// Offers LPIPS and NIQE instead of grey levels and seams.
    void setJudge(const JudgeFactory& makeJudge);
    /// A grid in some state; for pictures of the window.
    void show(const SweepSubject& subject, SweepTable table, bool running);
    using QWidget::show;

    Sweep& sweep() { return sweep_; }
    SweepGrid& cells() const { return *grid_; }
    SweepDetail& detail() const { return *detail_; }
    ParetoPlot& plot() const { return *plot_; }
    HeatMap& heatMap(int measure) const { return *heat_[measure]; }
    QString status() const;
    int selected() const { return selected_; }
    void select(int cell);

    enum class Format { Png, Svg, Csv, Latex };
    QByteArray exported(Format format) const;
    void exportTo(Format format, const QString& file); ///< in the background; told() says how it went

Q_SIGNALS:
    void left();                           ///< back to the picture
    void used(const lacuna::Recipe& cell); ///< its values are wanted in the panel
    void told(const QString& text, bool problem);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void open(const Picture& picture, const Mask& mask, const Recipe& panel,
              const std::optional<std::vector<SweepAxis>>& axes);
    QWidget* makeHeader();
    QWidget* makeBody();
    QWidget* makeJudges(QWidget* parent);
    QPushButton* makeExport(QWidget* parent);
    void showPlan();
    void showState();
    void showCell(int cell);
    void edited(int axis);
    void use(int cell);
    void exportByDialog(Format format);
    QString baseText() const;
    bool panelDiffers() const;

    Sweep sweep_;
    std::vector<std::string> models_{}; ///< that a hole is enough for
    Recipe panel_{};
    int selected_ = -1;
    QStackedWidget* pages_;
    QLabel* explanation_;
    QLabel* base_;
    QLabel* status_;
    AxisEditor* axes_[2];
    QPushButton* anew_;
    QPushButton* export_;
    QPushButton* run_;
    SweepGrid* grid_;
    SweepDetail* detail_;
    QWidget* judges_;
    QCheckBox* lpips_;
    QCheckBox* niqe_;
    HeatMap* heat_[2];
    ParetoPlot* plot_;
};

} // namespace lacuna::ui
