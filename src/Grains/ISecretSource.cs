namespace Granary.Grains;

/// <summary>Draws the secrets that the ranks of a gang show to each other.</summary>
public interface ISecretSource
{
    /// <summary>A new secret, as text without spaces.</summary>
    string Draw();
}
