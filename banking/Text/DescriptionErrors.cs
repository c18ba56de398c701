namespace Serverless.Banking.Text;

/// <param name="Character">The first one that is not a letter, a digit or a space.</param>
public sealed record DescriptionCharacterNotAllowed(string Field, string Character) : Invalid("description_character_not_allowed", Field);

public sealed record DescriptionTooLong(string Field, int Max) : Invalid("description_too_long", Field);
