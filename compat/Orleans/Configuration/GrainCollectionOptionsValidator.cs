using Microsoft.Extensions.Options;

namespace Orleans.Configuration;

/// <summary>An age of less than the quantum would be looked at too late.</summary>
internal sealed class GrainCollectionOptionsValidator : IValidateOptions<GrainCollectionOptions>
{
    public ValidateOptionsResult Validate(string? name, GrainCollectionOptions options)
    {
        if (options.CollectionQuantum <= TimeSpan.Zero)
            return ValidateOptionsResult.Fail($"GrainCollectionOptions.CollectionQuantum is {options.CollectionQuantum}: expected a time above zero.");
        var ages = options.ClassSpecificCollectionAge.Select(static p => (p.Key, p.Value)).Prepend((Key: "CollectionAge", Value: options.CollectionAge));
        var failures = ages.Where(a => a.Value <= options.CollectionQuantum)
            .Select(a => $"GrainCollectionOptions: {a.Key} is {a.Value}: expected more than CollectionQuantum ({options.CollectionQuantum}).")
            .ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
