using Granary.Specs.Settings;
using YamlDotNet.Core;

namespace Granary.Specs.Reading;

/// <summary>Reads the scalar settings of a section into a draft.</summary>
internal static class SettingsReader
{
    /// <summary>Takes every setting of the section <paramref name="name"/> from <paramref name="section"/>.</summary>
    public static RunDraft Read(RunDraft draft, string name, Section section, Problems problems)
    {
        foreach (Setting setting in SettingTable.All.Where(setting => setting.Section == name))
        {
            if (section.TakeText(setting.Key) is (string text, Mark place))
            {
                draft = Apply(draft, setting, text, place, problems);
            }
        }

        return draft;
    }

    public static RunDraft Apply(RunDraft draft, Setting setting, string text, Mark place, Problems problems)
    {
        if (setting.Apply(draft, text) is { } next)
        {
            return next;
        }

        problems.Add(place, setting.Refuse(text));
        return draft;
    }
}
