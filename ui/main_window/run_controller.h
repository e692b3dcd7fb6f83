// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/engine_link/engine_link.h"

class QAction;

namespace lacuna::ui {

class Document;
class GalleryPanel;
class MessageBar;
class ParameterPanel;
class Results;
class RunBox;

/// One run from Generate to the set: builds the request, shows its progress and hands the outcome over.
class RunController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Document& document;
        ParameterPanel& parameters;
        RunBox& runBox;
        GalleryPanel& gallery;
        Results& results;
        MessageBar& messages;
        QAction* generate;
        QAction* stop;
    };
    RunController(SessionFactory makeSession, const Parts& parts, QObject* parent);

    bool running() const { return link_.running(); }
    const EngineLink& link() const { return link_; } ///< for others who want to share the engine
    const FillRequest& request() const { return request_; } ///< of the newest run
    void start();
    void stop();
    void abandon(); ///< stops; what comes out belongs to a picture that is no longer open
    void refresh(); ///< enables what is possible and says what is not

    /// As if a run were at this point, or had ended so; for pictures of the window.
    FillRequest beginShown();
    void showProgress(const Progress& progress, const QString& remaining);
    void showCandidates(const FillRequest& request, std::shared_ptr<const CandidatePool> pool);
    void endShown(const FillRequest& request, const CompletionSet& set);

Q_SIGNALS:
    void started();
    void ended();
    void windowsKnown(const std::vector<lacuna::NetworkWindow>& windows); ///< what the network sees

private:
    QString whyNot() const;
    FillRequest makeRequest();
    void receive(const Outcome& outcome);
    void finish(const CompletionSet& set);

    Parts parts_;
    FillRequest request_{}; ///< of the run at hand
    QString summary_{};     ///< of the last run
    bool abandoned_ = false;
    EngineLink link_;
};

} // namespace lacuna::ui
