using System.Collections;
using Microsoft.Build.Framework;

namespace Granary.Build.Tests;

/// <summary>Stands in for MSBuild: keeps what a task says.</summary>
internal sealed class RecordingEngine : IBuildEngine
{
    public List<string> Errors { get; } = [];

    public List<(MessageImportance Importance, string Text)> Messages { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public bool BuildProjectFile(
        string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs)
        => throw new NotSupportedException("a task under test builds no project");

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e.Message!);

    public void LogMessageEvent(BuildMessageEventArgs e) => Messages.Add((e.Importance, e.Message!));

    public void LogWarningEvent(BuildWarningEventArgs e)
    {
    }
}
