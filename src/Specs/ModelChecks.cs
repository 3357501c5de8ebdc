namespace Granary.Specs;

/// <summary>What must hold between the model's options and the data.</summary>
internal static class ModelChecks
{
    /// <summary>What is wrong, in words; null when nothing is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="classes">Classes of the data; null: only its files tell.</param>
    public static string? Find(ModelSpec model, int? classes)
    {
        if (model.Head is not null && model.Classes is not null && model.Head != model.Classes)
        {
            return $"model.head is {model.Head} and model.classes is {model.Classes}; both set the number of outputs, expected one of them, or the same";
        }

        return (model.Head ?? model.Classes) is { } outputs && outputs < classes
            ? $"model.{(model.Head is null ? "classes" : "head")} is {outputs}, and the data has {classes} classes; expected at least as many"
            : null;
    }
}
