namespace Serverless.Banking.Profile;

/// <summary>What a customer has chosen to show of himself.</summary>
/// <param name="PhotoId">SHA-256 of the picture, hexadecimal; null for none.</param>
/// <param name="AvatarId">One of <see cref="Avatars"/>; null for none. Never both.</param>
/// <param name="ShowsPhoto">To those who have saved the customer (PROF-03).</param>
public sealed record CustomerProfile(string? PhotoId, PhotoOrigin? Origin, string? AvatarId, bool ShowsPhoto, ResidenceAddress? Address)
{
    public static CustomerProfile Empty { get; } = new(null, null, null, ShowsPhoto: false, null);
}

public enum PhotoOrigin
{
    Camera,
    Gallery,
}

/// <summary>The main residence (PROF-05), in five rows.</summary>
/// <param name="Street">Street, number of the building, of the entrance or apartment.</param>
public sealed record ResidenceAddress(string Street, string AdministrativeUnit, string State, string City, string PostalCode)
{
    public const int RowAtMost = 33;

    /// <returns>The first character that a row may not have: only letters, digits, spaces, slash, full stop and comma; null when there is none.</returns>
    public static string? FirstForbidden(string row)
    {
        foreach (var rune in row.EnumerateRunes())
        {
            if (!System.Text.Rune.IsLetterOrDigit(rune) && rune.Value is not (' ' or '/' or '.' or ','))
                return rune.ToString();
        }

        return null;
    }
}

/// <summary>Who looks after a customer, as staff have it.</summary>
public sealed record Relationship(string? Branch, PersonalBanker? Banker);

/// <param name="PhotoId">As of a profile; null for none.</param>
public sealed record PersonalBanker(string Name, string Phone, string Email, string? PhotoId);
