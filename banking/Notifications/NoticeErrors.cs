namespace Serverless.Banking.Notifications;

/// <summary>Security notices, codes and questions about card purchases cannot be switched off (PROF-32).</summary>
public sealed record NoticeMandatory() : Refused("notice_mandatory");

/// <summary>No notice of this customer has this id.</summary>
public sealed record NotificationNotFound() : NotFound("notification_not_found");

/// <summary>Nothing undeliverable has this id.</summary>
public sealed record DeadLetterNotFound() : NotFound("dead_letter_not_found");

/// <summary>Its words were secret and have been erased: what it told has to be made anew.</summary>
public sealed record NoticeErased() : Conflict("notice_erased");
