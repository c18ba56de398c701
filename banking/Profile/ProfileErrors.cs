using NodaTime;

namespace Serverless.Banking.Profile;

/// <summary>The bank has no contact details of this customer yet: a branch registers them.</summary>
public sealed record ProfileMissing() : NotFound("profile_missing");

/// <summary>Neither JPEG nor PNG, by its content (PROF-24); or not a picture at all.</summary>
public sealed record ImageType(string Field) : Invalid("image_type", Field);

/// <summary>More bytes or more pixels than allowed.</summary>
public sealed record ImageTooLarge(string Field, int BytesAtMost) : Invalid("image_too_large", Field);

/// <summary>A JPEG of an unusual process (progressive, say) cannot be made fit here: it comes square, 512 pixels wide, from the app. A PNG and any other JPEG may have any size.</summary>
public sealed record ImageDimensions(string Field, int Side) : Invalid("image_dimensions", Field);

/// <summary>The scanner has found malware.</summary>
public sealed record ImageMalicious() : Refused("image_malicious");

public sealed record AvatarNotFound() : NotFound("avatar_not_found");

/// <summary>Names the first character that an address row may not have.</summary>
public sealed record CharacterNotAllowed(string Field, string Character) : Invalid("character_not_allowed", Field);

/// <summary>No such change of e-mail waits, or somebody else's.</summary>
public sealed record EmailChangeNotFound() : NotFound("email_change_not_found");

public sealed record EmailChangeExpired() : Conflict("email_change_expired");

/// <summary>A wrong code; after the last try the change is over.</summary>
public sealed record EmailCodeWrong(int TriesLeft) : Refused("email_code_wrong");

/// <summary>The customer has no personal banker.</summary>
public sealed record PersonalBankerMissing() : NotFound("personal_banker_missing");

/// <summary>Outside the working hours of personal bankers.</summary>
public sealed record OutOfHours(Instant NextOpening) : Refused("out_of_hours");
